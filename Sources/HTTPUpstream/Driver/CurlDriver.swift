internal import CCurl
import Synchronization

/// The side of the driver that callers see: hands calls to its thread and waits for their answers.
final class CurlDriver: Sendable {
  private enum Life {
    case notStarted
    case running(DriverThread)
    case stopped
  }

  private let configuration: HTTPUpstream.Configuration
  private let inbox = DriverInbox()
  private let life = Mutex(Life.notStarted)

  init(configuration: HTTPUpstream.Configuration) { self.configuration = configuration }

  /// Makes a call and waits for its head, or for its end if the transfer collects the body.
  func perform(
    _ request: UpstreamRequest, as transfer: Transfer
  ) async throws(UpstreamFailure) -> UpstreamHead {
    let call = try PreparedCall(request, as: transfer)
    try start()
    await withTaskCancellationHandler {
      if !inbox.add({ $0.starts.append(call) }) { transfer.fail(.shutDown) }
      await transfer.wait(for: .head)
    } onCancel: {
      cancel(transfer)
    }
    return try transfer.takeHead()
  }

  /// The next bytes of a body, or nil at its end.
  func nextPiece(of transfer: Transfer) async throws(UpstreamFailure) -> [UInt8]? {
    while true {
      switch transfer.take() {
      case .piece(let bytes, let resumes):
        if resumes { inbox.add { $0.resumes.append(transfer) } }
        return bytes
      case .end: return nil
      case .failure(let failure): throw failure
      case .nothingYet:
        await withTaskCancellationHandler {
          await transfer.wait(for: .bytes)
        } onCancel: {
          cancel(transfer)
        }
      }
    }
  }

  /// Ends the transfer for its reader at once and closes its connection as soon as the thread wakes.
  func cancel(_ transfer: Transfer) {
    transfer.fail(.cancelled)
    inbox.add { $0.cancels.append(transfer) }
  }

  /// Ends every call and waits for the thread's end.
  func stop() {
    let before = life.withLock { life in
      let before = life
      life = .stopped
      return before
    }
    guard case .running(let thread) = before else { return }
    inbox.add { $0.stops = true }
    thread.join()
  }

  private func start() throws(UpstreamFailure) {
    let failure: UpstreamFailure? = life.withLock { life in
      switch life {
      case .running: return nil
      case .stopped: return .shutDown
      case .notStarted:
        do throws(UpstreamFailure) {
          try CurlLibrary.load(configuration.libraryNames)
          life = .running(try launch())
          return nil
        } catch {
          return error
        }
      }
    }
    if let failure { throw failure }
  }

  private func launch() throws(UpstreamFailure) -> DriverThread {
    guard let multi = CurlMulti() else { throw .noResources }
    let loop = DriverLoop(multi: multi, inbox: inbox, configuration: configuration)
    guard let thread = DriverThread(running: loop) else {
      multi.free()
      throw .noResources
    }
    return thread
  }
}

/// The driver's thread.
///
/// @unchecked Sendable because the pointer is only handed to `join`, once, by whoever took the
/// thread out of the driver's lock.
@safe
private struct DriverThread: @unchecked Sendable {
  private let raw: OpaquePointer

  /// Nil when the system has no thread to give.
  init?(running loop: sending DriverLoop) {
    let context = unsafe Unmanaged.passRetained(loop)
    let body: @convention(c) (UnsafeMutableRawPointer?) -> Void = { context in
      guard let context = unsafe context else { return }
      unsafe Unmanaged<DriverLoop>.fromOpaque(context).takeRetainedValue().run()
    }
    guard let raw = unsafe ccurl_thread_start(body, context.toOpaque()) else {
      unsafe context.release()
      return nil
    }
    unsafe self.raw = raw
  }

  func join() { unsafe ccurl_thread_join(raw) }
}
