import Foundation
import RoutingBudgets
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a batch's runs have done at providers, step by step, in a file beside its answers.
///
/// A step is on the disk before what it announces is done, and right after what it tells of. One run at
/// a time holds it, because one holds the answers.
final class ProviderJournal: Sendable {
  private struct State: Sendable {
    var groups: [ProviderGroup] = []
    /// Negative until the first step is kept.
    var descriptor: Int32 = -1
    /// Where the last whole line ends.
    var length: Int64 = 0
    /// Whose journal it is; nil until somebody says so.
    var batch: BatchName?
  }

  let path: String
  private let state: Mutex<State>

  /// Reads the journal of these answers; nothing is made where there is none.
  ///
  /// A torn last line was never acted upon, and is cut off before the next is written.
  init(besides answers: String) throws(CommandFailure) {
    path = answers + ".batches"
    guard Files.isFolder(path) != nil else {
      state = Mutex(State())
      return
    }
    guard let bytes = Files.bytes(path) else {
      throw CommandFailure("`\(path)` cannot be read", exit: .couldNotRun)
    }
    var reader = ProviderStepReader()
    var whole = 0
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.dropLast().enumerated() {
      guard reader.read(Array(line)) else {
        throw CommandFailure(
          "\(path):\(index + 1): this is no line of a batch's journal: bring the file back as it was, "
            + "for it says what was sent", exit: .couldNotRun)
      }
      whole += line.count + 1
    }
    state = Mutex(State(groups: reader.groups, length: Int64(whole), batch: reader.batch))
  }

  deinit {
    let descriptor = state.withLock { $0.descriptor }
    if descriptor >= 0 { _ = close(descriptor) }
  }

  /// Whose journal it is, as it says itself; nil where there is none yet.
  var batch: BatchName? { state.withLock { $0.batch } }

  /// Says whose journal it is, where it does not say so itself.
  func belong(to batch: BatchName) { state.withLock { $0.batch = $0.batch ?? batch } }

  /// Groups that are not over.
  var unfinished: [ProviderGroup] { state.withLock { $0.groups.filter { !$0.isOver } } }

  /// Keeps a step; when this returns it is on the disk.
  func keep(_ step: ProviderStep) throws(CommandFailure) {
    let result = state.withLock { state -> Result<Void, CommandFailure> in
      let head = state.length == 0 ? state.batch.map(ProviderStep.head) ?? [] : []
      let bytes = head + step.lines
      do throws(CommandFailure) {
        if state.descriptor < 0 { state.descriptor = try open(at: state.length) }
        try AnswersFile.write(bytes, to: state.descriptor, from: state.length, of: path)
        guard fsync(state.descriptor) == 0 else { throw AnswersFile.failure(path, errno) }
      } catch {
        return .failure(error)
      }
      state.length += Int64(bytes.count)
      _ = state.groups.take(step)
      return .success(())
    }
    try result.get()
  }

  /// Puts on record that calls follow what a batch brought for a row; nothing if it stands there.
  func keepCalling(_ row: RequestID, in group: String) throws(CommandFailure) {
    let isKept = state.withLock { state in
      state.groups.last { $0.name == group }?.calling.contains(row) ?? false
    }
    if !isKept { try keep(.calling(group: group, row: row)) }
  }

  /// Takes the file away once nothing of it is needed.
  func removeIfOver() {
    guard unfinished.isEmpty, Files.isFolder(path) == false else { return }
    try? FileManager.default.removeItem(atPath: path)
  }

  /// What stands behind `length` is a torn line, and is cut off.
  private func open(at length: Int64) throws(CommandFailure) -> Int32 {
    let descriptor = AnswersFile.system(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0, ftruncate(descriptor, off_t(length)) == 0 else {
      throw AnswersFile.failure(path, errno)
    }
    // The name has to be there too after a loss of power.
    let folder = URL(filePath: path).deletingLastPathComponent().path
    let place = AnswersFile.system(folder, O_RDONLY | O_CLOEXEC)
    guard place >= 0 else { return descriptor }
    _ = fsync(place)
    _ = close(place)
    return descriptor
  }
}
