package audit;

import java.util.Collection;
import model.PageRange;

/** Receives, while an audit compares, what would fix each finding. */
public interface Repairs {
  /** Repairs nothing. */
  Repairs NONE =
      new Repairs() {
        @Override
        public void fetchAgain(String key, Collection<Integer> pages) {}

        @Override
        public void listAgain(int page) {}

        @Override
        public void walk(PageRange beyond) {}

        @Override
        public void unreadablePages(long pages) {}

        @Override
        public void stranger(String key) {}
      };

  /**
   * A document is to be fetched again.
   *
   * @param key its object
   * @param pages every page that lists it, each of which needs a new manifest
   */
  void fetchAgain(String key, Collection<Integer> pages);

  /** A page is to be listed again. */
  void listAgain(int page);

  /** The portal has grown by these pages, and none of them has a manifest. */
  void walk(PageRange beyond);

  /** How many pages of all instances lack a readable manifest. */
  void unreadablePages(long pages);

  /** An object that nobody knows. */
  void stranger(String key);
}
