package org.finegrain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A contest of several threads for one lease, of which exactly one gets it.
 *
 * @param opening opens the lease's folder for one thread
 */
record LeaseContest(Callable<Folder> opening) {
  void holds(int contestants, int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      List<Lease> held = acquireAtOnce(contestants);
      assertThat(held).hasSize(1);
      held.get(0).confirm();
      held.get(0).close();
    }
  }

  void holdsWhenTheLeaseHasRunOut(int contestants, int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      Folder folder = opening.call();
      Lease lost = Lease.acquire(folder, "run 7", OtherMachine.OWNER);
      OtherMachine.makeOld(folder);
      List<Lease> held = acquireAtOnce(contestants);
      assertThat(held).hasSize(1);
      held.get(0).confirm();
      assertThatThrownBy(lost::confirm).isInstanceOf(LeaseHeldException.class);
      held.get(0).close();
      assertThat(folder.exists()).isFalse();
    }
  }

  private List<Lease> acquireAtOnce(int contestants) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(contestants);
    CountDownLatch ready = new CountDownLatch(contestants);
    List<Future<Lease>> leases = new ArrayList<>();
    for (int i = 0; i < contestants; i++) {
      Folder folder = opening.call();
      leases.add(
          threads.submit(
              () -> {
                ready.countDown();
                ready.await();
                return Lease.acquire(folder, "run 7");
              }));
    }
    List<Lease> held = new ArrayList<>();
    for (Future<Lease> lease : leases) {
      try {
        held.add(lease.get());
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(LeaseHeldException.class);
      }
    }
    threads.shutdown();
    return held;
  }
}
