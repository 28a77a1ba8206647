import Dispatch

/// Runs tasks on a queue of its own, so that those that take long leave the others their threads.
final class QueueExecutor: TaskExecutor {
  /// How many run at a time.
  enum Width {
    case one, many
  }

  private let queue: DispatchQueue

  init(_ name: String, _ width: Width) {
    switch width {
    case .one: queue = DispatchQueue(label: "rung.\(name)", qos: .utility)
    case .many: queue = DispatchQueue(label: "rung.\(name)", attributes: .concurrent)
    }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = unsafe asUnownedTaskExecutor()
    queue.async { unsafe job.runSynchronously(on: executor) }
  }
}
