package org.rewlang.host;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.RewardEvaluationException;
import org.rewlang.engine.Frame;

/** Lanes of an engine that runs one step at a time. */
public final class FrameLanes implements Lockstep {

  private final Stepper stepper;
  private final Frame[] frames;
  private final @Nullable RewardEvaluationException[] failures;
  private final double[] before;

  FrameLanes(Stepper stepper, int count, double[] params) {
    this.stepper = stepper;
    frames = new Frame[count];
    for (int lane = 0; lane < count; lane++) {
      frames[lane] = stepper.evaluator().newFrame(params);
    }
    failures = new RewardEvaluationException[count];
    before = new double[stepper.evaluator().layout().stateSize()];
  }

  @Override
  public int count() {
    return frames.length;
  }

  @Override
  public void inputs(int lane, double[] from, int at, int count) {
    for (int k = 0; k < count; k++) {
      double[] inputs = frames[lane + k].inputs;
      System.arraycopy(from, at + k * inputs.length, inputs, 0, inputs.length);
    }
  }

  @Override
  public boolean step(int lanes, boolean live) {
    boolean good = true;
    for (int lane = 0; lane < lanes; lane++) {
      failures[lane] = null;
      try {
        if (live) {
          stepper.live(frames[lane], before);
        } else {
          stepper.step(frames[lane]);
        }
      } catch (RewardEvaluationException e) {
        failures[lane] = e;
        good = false;
      }
    }
    return good;
  }

  @Override
  public @Nullable RewardEvaluationException failure(int lane) {
    return failures[lane];
  }

  @Override
  public List<Integer> undefined(int lane) {
    return stepper.undefined(frames[lane]);
  }

  @Override
  public void reset(int lane) {
    stepper.evaluator().layout().reset(frames[lane].state);
  }

  @Override
  public void observe(int lane, double[] observation, boolean[] present) {
    Frame frame = frames[lane];
    System.arraycopy(observation, 0, frame.inputs, 0, frame.inputs.length);
    System.arraycopy(present, 0, frame.present, 0, frame.present.length);
    stepper.observe(frame);
  }

  @Override
  public double output(int lane, int place) {
    return frames[lane].outputs[place];
  }

  @Override
  public void output(int place, double[] into) {
    for (int lane = 0; lane < frames.length; lane++) {
      into[lane] = frames[lane].outputs[place];
    }
  }

  @Override
  public void outputs(int lane, double[] into, int at, int count) {
    for (int k = 0; k < count; k++) {
      double[] outputs = frames[lane + k].outputs;
      System.arraycopy(outputs, 0, into, at + k * outputs.length, outputs.length);
    }
  }

  @Override
  public void getState(int lane, double[] into) {
    System.arraycopy(frames[lane].state, 0, into, 0, into.length);
  }

  @Override
  public void setState(int lane, double[] from) {
    System.arraycopy(from, 0, frames[lane].state, 0, from.length);
  }
}
