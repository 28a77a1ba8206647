import NIOCore

/// Runs tasks on the event loop of their connection.
///
/// A request steps from its connection to its task, to the ledger, to its provider, back and to its
/// connection again. On the loop's own thread two of these steps wake nobody.
final class LoopExecutor: TaskExecutor {
  private let loop: any EventLoop

  init(_ loop: any EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { [self] in unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
  }
}
