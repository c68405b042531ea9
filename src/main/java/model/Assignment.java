package model;

import java.util.ArrayList;
import java.util.List;

/**
 * Which instance runs which scripts.
 *
 * @param shares the scripts of instance 1, 2 …; instances after its end have none
 */
public record Assignment(List<Share> shares) {
  public Assignment {
    shares = List.copyOf(shares);
  }

  /**
   * Consecutive scripts, both ends included: the share of one instance.
   *
   * @param first from 1
   * @param last not before the first
   */
  public record Share(int first, int last) {
    public Share {
      if (first < 1 || last < first) {
        throw new IllegalArgumentException("no range of scripts: " + first + "-" + last);
      }
    }
  }

  /**
   * Divides the scripts among the instances: each gets ceil(scripts / instances), and the last one
   * takes the rest. If there are more instances than scripts, the later ones get none.
   */
  public static Assignment evenly(int scripts, int instances) {
    int share = (scripts - 1) / instances + 1;
    List<Share> shares = new ArrayList<>();
    for (long first = 1; first <= scripts; first += share) {
      shares.add(new Share((int) first, (int) Math.min(first + share - 1, scripts)));
    }
    return new Assignment(shares);
  }

  /**
   * The instance of each script, by the script's number; 0 is nobody's.
   *
   * @throws IllegalArgumentException if a script is missing from the assignment or occurs twice;
   *     the message is meant for the user
   */
  int[] owners(int instances, int scripts) {
    if (shares.size() > instances) {
      throw new IllegalArgumentException(
          "has %d entries for %d instances".formatted(shares.size(), instances));
    }
    int[] owners = new int[scripts + 1];
    for (int instance = 1; instance <= shares.size(); instance++) {
      Share share = shares.get(instance - 1);
      if (share.last() > scripts) {
        throw new IllegalArgumentException(
            "names script %d of %d scripts".formatted(share.last(), scripts));
      }
      for (int id = share.first(); id <= share.last(); id++) {
        if (owners[id] != 0) {
          throw new IllegalArgumentException("names script %d twice".formatted(id));
        }
        owners[id] = instance;
      }
    }
    for (int id = 1; id <= scripts; id++) {
      if (owners[id] == 0) {
        throw new IllegalArgumentException("leaves out script %d".formatted(id));
      }
    }
    return owners;
  }
}
