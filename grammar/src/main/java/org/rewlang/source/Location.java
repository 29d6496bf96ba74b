package org.rewlang.source;

/** A span together with the source it lies in; a program may draw on several files. */
public record Location(Source source, Span span) {

  /** The text at this place. */
  public String text() {
    return source.text(span);
  }

  /** An empty text there: what is made for this place, and stands nowhere in the text itself. */
  public Location point() {
    return new Location(source, Span.at(span.start()));
  }

  public Position start() {
    return source.position(span.start());
  }

  public Position end() {
    return source.position(span.end());
  }

  /** As {@code file:line:column}. */
  @Override
  public String toString() {
    Position start = start();
    return source.name() + ":" + start.line() + ":" + start.column();
  }
}
