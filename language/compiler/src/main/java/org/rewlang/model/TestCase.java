package org.rewlang.model;

import java.util.List;
import java.util.Map;
import org.rewlang.source.Location;

/** A {@code test}. */
public record TestCase(String title, List<Action> actions, Location at) {

  public TestCase {
    actions = List.copyOf(actions);
  }

  /**
   * What an agent is given; agents are numbered as they are written, one that is given nothing is
   * not there.
   *
   * @param same whether inputs not named keep the values of the step before
   */
  public record Agent(boolean same, Map<InputVar, Term> values, Location at) {}

  /**
   * What it does, in order. Terms of values are constant, in the declared unit of what they set.
   */
  public sealed interface Action {
    Location at();

    /** Sets parameters. */
    record Given(Map<ParamVar, Term> values, Location at) implements Action {}

    /** Ends the episode before, if any, and starts one from an observation. */
    record Reset(Map<InputVar, Term> values, List<Agent> agents, Location at) implements Action {
      public Reset {
        agents = List.copyOf(agents);
      }
    }

    /**
     * Runs a step.
     *
     * @param same whether inputs not named keep the values of the step before
     */
    record Step(boolean same, Map<InputVar, Term> values, List<Agent> agents, Location at)
        implements Action {
      public Step {
        agents = List.copyOf(agents);
      }
    }

    /** Ends the episode: the next step begins another. */
    record End(Location at) implements Action {}

    /** What must hold of the last step. */
    record Expect(List<Claim> claims, Location at) implements Action {
      public Expect {
        claims = List.copyOf(claims);
      }
    }

    /** The last step must have failed with this code. */
    record ExpectError(String code, Location at) implements Action {}
  }
}
