package org.finegrain.storage;

import java.io.IOException;

/** Another machine, on which a process takes a lease over that was not renewed in time. */
public final class OtherMachine {
  /** The process, as messages name it. */
  public static final String PROCESS = "process 4711 on other-host (application app-1)";

  static final LeaseOwner OWNER = new LeaseOwner("other-host", "k2", 4711, "99", "app-1");

  private OtherMachine() {}

  /** Makes a lease look as if it has just run out. */
  static void makeOld(Folder leaseFolder) throws IOException {
    makeOld(leaseFolder, LeaseFile.NAME);
  }

  /** Makes a file look older than a lease lasts without a renewal. */
  static void makeOld(Folder folder, String name) throws IOException {
    folder.exclusive(name).touch(folder.modified(name).minus(Lease.EXPIRY).minusSeconds(60), "");
  }

  /**
   * Makes the lease on a run of this machine look as if it has run out, and takes it over. Its
   * holder does not look alive from there.
   */
  public static Lease takeOver(Folder runFolder, String resource) throws IOException {
    Folder leaseFolder = runFolder.folder(".lease");
    makeOld(leaseFolder);
    return Lease.acquire(leaseFolder, resource, OWNER);
  }
}
