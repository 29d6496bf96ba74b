package org.rewlang.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rewlang.diagnostic.Code;
import org.rewlang.source.Source;

/** Which text counts, and which documents a change reaches. */
class WorkspaceTest {

  /** Each text is a list of files that it uses, and theirs. */
  private final List<String> compiled = new ArrayList<>();

  private final Editor editor =
      new Editor(
          (source, loader) -> {
            compiled.add(source.name() + "=" + source.text());
            follow(source, loader);
            return Editor.compilation(source);
          });

  private static void follow(Source source, org.rewlang.check.Loader loader) {
    for (String path : source.text().split(" ")) {
      Source used = path.isEmpty() ? null : loader.load(source, path);
      if (used != null) {
        follow(used, loader);
      }
    }
  }

  @Test
  void nothingIsKnownOfWhatIsNotOpen() {
    editor.with("a", "");
    assertEquals(Optional.empty(), editor.workspace.snapshot("a"));
    assertFalse(editor.workspace.isOpen("a"));
  }

  @Test
  void aSnapshotIsMadeOnceForAVersion() {
    Snapshot first = editor.open("a", "");
    assertSame(first, editor.workspace.snapshot("a").orElseThrow());
    assertEquals(List.of("a="), compiled);
  }

  @Test
  void theSameTextAgainIsANewVersion() {
    Snapshot first = editor.open("a", "");
    Snapshot second = editor.open("a", "");
    assertNotSame(first, second);
    assertEquals(2, second.version());
  }

  @Test
  void anOpenDocumentWinsOverTheDisk() {
    editor.with("b", "");
    editor.workspace.put("b", 7, "c");
    Snapshot a = editor.open("a", "b");
    assertEquals("c", a.used("b").orElseThrow().text());
  }

  @Test
  void aClosedDocumentIsAsOnDiskAgain() {
    editor.with("b", "");
    editor.workspace.put("b", 7, "c");
    Snapshot before = editor.open("a", "b");
    editor.workspace.close("b");
    assertFalse(editor.workspace.isCurrent(before));
    assertEquals("", editor.workspace.snapshot("a").orElseThrow().used("b").orElseThrow().text());
  }

  @Test
  void aChangeReachesThoseThatUseTheDocumentAndNoOthers() {
    Snapshot b = editor.open("b", "");
    Snapshot a = editor.open("a", "b");
    Snapshot other = editor.open("other", "");
    editor.workspace.put("b", 9, " ");
    List<Snapshot> now = editor.workspace.snapshots();
    assertEquals(List.of("a", "b", "other"), now.stream().map(s -> s.source().name()).toList());
    assertNotSame(a, now.get(0));
    assertNotSame(b, now.get(1));
    assertSame(other, now.get(2));
    assertEquals(a.version(), now.get(0).version());
  }

  @Test
  void aChangeReachesThroughFilesThatAreNotOpen() {
    editor.with("b", "c");
    editor.open("c", "");
    Snapshot a = editor.open("a", "b");
    editor.workspace.put("c", 9, " ");
    assertFalse(editor.workspace.isCurrent(a));
  }

  @Test
  void aFileThatAppearsIsSeen() {
    Snapshot before = editor.open("a", "b");
    assertEquals(Optional.empty(), before.used("b"));
    editor.with("b", "");
    assertFalse(editor.workspace.isCurrent(before));
    assertTrue(editor.workspace.snapshot("a").orElseThrow().used("b").isPresent());
  }

  @Test
  void aTextThatWasReplacedIsNeverCompiled() {
    editor.workspace.put("a", 1, "x");
    editor.workspace.put("a", 2, "y");
    Snapshot now = editor.workspace.snapshot("a").orElseThrow();
    assertEquals(2, now.version());
    assertEquals(List.of("a=y"), compiled);
  }

  @Test
  void theVersionOfASourceIsKnownWhileTheEditorHasIt() {
    Snapshot first = editor.open("a", "");
    assertEquals(Optional.of(1), editor.workspace.version(first.source()));
    editor.open("a", "");
    assertEquals(Optional.empty(), editor.workspace.version(first.source()));
  }

  @Test
  void aCompilerThatFailsIsToldOfAndSaysSoInTheDocument() {
    RuntimeException failure = new IllegalStateException("fault");
    Editor broken =
        new Editor(
            (source, loader) -> {
              throw failure;
            });
    Snapshot snapshot = broken.open("a", "reward = 1");
    assertEquals(List.of(failure), broken.failures);
    assertEquals(Code.INTERNAL_ERROR, Diagnostics.of(snapshot).getFirst().code());
    assertEquals(Optional.empty(), Hover.at(snapshot, 0));
  }

  @Test
  void aCompilerThatRecursesTooDeepIsAFailureToo() {
    Editor broken =
        new Editor(
            (source, loader) -> {
              throw new StackOverflowError();
            });
    assertEquals(1, Diagnostics.of(broken.open("a", "")).size());
    assertEquals(1, broken.failures.size());
  }
}
