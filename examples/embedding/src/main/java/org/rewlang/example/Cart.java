package org.rewlang.example;

import org.rewlang.Binding;
import org.rewlang.Episode;
import org.rewlang.Reward;
import org.rewlang.RewardEngine;
import org.rewlang.Schema;

/**
 * A cart on a track that is to stop at a mark: the smallest environment that asks Rew for its reward
 * at every step. Copy it: it needs nothing but Rew's API.
 */
public final class Cart {

  /** What the reward is about. In a real project this is a file, compiled by its path. */
  static final String PROGRAM =
      """
      ## Stop at the mark.
      module cart
      step lasts 100 ms

      inputs {
        position: real<m> in -10..10
        speed:    real<m/s>
        push:     real in -1..1
      }
      param precision = 4 <1/m> in 0.1..100

      reward {
        near   = exp(-precision * abs(position))
        effort = -0.01 * push ** 2
        closer = -change(abs(position)) as m
      }

      success when abs(position) < 5 cm and abs(speed) < 0.1 m/s
      terminate off when abs(position) > 5 m
      """;

  /** A step as the reward sees it: a component for each input, of its name. */
  record Signals(double position, double speed, double push) {}

  /** What can be seen when an episode begins: there is no push yet. */
  record Observation(double position, double speed) {}

  private double position;
  private double speed;

  private Signals move(double push) {
    speed += push * 0.1;
    position += speed * 0.1;
    return new Signals(position, speed, push);
  }

  /** Runs one episode; gives its return. */
  static double run(RewardEngine engine, int steps) {
    Reward reward = engine.compile("cart.rew", PROGRAM).with("precision", 2);
    Binding<Signals> signals = reward.bind(Schema.of(Signals.class));
    Binding<Observation> observation = reward.bindReset(Schema.of(Observation.class));

    Cart cart = new Cart();
    cart.position = 2;
    Episode episode = reward.newEpisode();
    episode.reset(observation, new Observation(cart.position, cart.speed));
    double sum = 0;
    for (int i = 0; i < steps && !episode.terminates(); i++) {
      double push = Math.clamp(-cart.position - 1.5 * cart.speed, -1, 1);
      sum += episode.step(signals, cart.move(push));
      if (episode.succeeded()) {
        break;
      }
    }
    return sum;
  }

  public static void main(String[] args) {
    RewardEngine engine = RewardEngine.create();
    System.out.println("engine: " + engine.engine());
    System.out.println("return: " + run(engine, 500));
  }
}
