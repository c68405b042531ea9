package portal.opendata;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import portal.opendata.plan.NameSet;
import portal.opendata.tar.TarMember;

/** Decides what to do with a member of a tar, which may be a new document. */
final class MemberReading implements PartStream.Sink {
  private final PartStream from;
  private final NameSet taken;
  private final PartWalk.Keeper keeper;
  private @Nullable FoundName found;

  /**
   * @param taken the names of documents that are not new
   */
  MemberReading(PartStream from, NameSet taken, PartWalk.Keeper keeper) {
    this.from = from;
    this.taken = taken;
    this.keeper = keeper;
  }

  @Override
  public void take(TarMember member, InputStream content) throws IOException {
    String name = member.base();
    found = null;
    if (member.isPdf() && !taken.contains(name)) {
      // first without its bytes, for a tar that ends in the middle of them
      found = new FoundName(name, from.key(), from.etag(), member.offset(), member.size(), null);
      Path kept = keeper.keep(name, member.size(), content);
      found = new FoundName(name, from.key(), from.etag(), member.offset(), member.size(), kept);
    }
  }

  /** The document that was read last; empty if it was something else. */
  Optional<FoundName> found() {
    return Optional.ofNullable(found);
  }
}
