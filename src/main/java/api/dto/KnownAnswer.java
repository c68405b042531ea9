package api.dto;

import java.util.List;

/** Of the documents asked for those that the instance knows. */
public record KnownAnswer(List<Known> documents) implements Success {
  /**
   * @param page the page that brought it first
   * @param open whether that page is in work
   */
  public record Known(String id, Integer page, Boolean open) {}
}
