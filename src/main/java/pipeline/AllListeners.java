package pipeline;

import java.time.Duration;
import java.util.List;
import model.DocumentState;
import model.Failure;
import model.FailureReason;

/** Forwards events to several listeners. */
record AllListeners(List<PipelineListener> listeners) implements PipelineListener {
  @Override
  public void pageEnded(PageEnd end) {
    listeners.forEach(listener -> listener.pageEnded(end));
  }

  @Override
  public void failed(Failure failure) {
    listeners.forEach(listener -> listener.failed(failure));
  }

  @Override
  public void stored(long size, Duration upload) {
    listeners.forEach(listener -> listener.stored(size, upload));
  }

  @Override
  public void notStored(DocumentState state, FailureReason reason) {
    listeners.forEach(listener -> listener.notStored(state, reason));
  }

  @Override
  public void captcha(Captcha what) {
    listeners.forEach(listener -> listener.captcha(what));
  }

  @Override
  public void drift(Drift sign) {
    listeners.forEach(listener -> listener.drift(sign));
  }

  @Override
  public void waited(Duration time) {
    listeners.forEach(listener -> listener.waited(time));
  }

  @Override
  public void answered() {
    listeners.forEach(PipelineListener::answered);
  }

  @Override
  public void asked(boolean forDocument, Duration time) {
    listeners.forEach(listener -> listener.asked(forDocument, time));
  }
}
