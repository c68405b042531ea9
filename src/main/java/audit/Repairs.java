package audit;

import java.util.Collection;

/** Is told, while an audit compares, what would mend each finding. */
public interface Repairs {
  /** Nothing is mended. */
  Repairs NONE =
      new Repairs() {
        @Override
        public void fetchAgain(String key, Collection<Integer> pages) {}

        @Override
        public void listAgain(int page) {}

        @Override
        public void walkTo(int lastPage) {}

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

  /** The portal has grown up to this page. */
  void walkTo(int lastPage);

  /** How many pages of all instances lack a readable manifest. */
  void unreadablePages(long pages);

  /** An object that nobody knows. */
  void stranger(String key);
}
