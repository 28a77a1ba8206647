import ArgumentParser
import RoutingCache

/// Where answers that may be given again are kept.
struct CacheArguments: ParsableArguments {
  @Option(
    name: .customLong("cache"),
    help:
      "Keep what `cache` lines keep in this file too, so that it outlives the process; without it, in memory.",
    completion: .file()
  )
  var path: String?

  /// `report` is told what becomes of the file, from any thread.
  func open(report: @escaping @Sendable (CacheNotice) -> Void) throws(CommandFailure) -> AnswerStore
  {
    guard let path else { return AnswerStore(clock: { Moment.timestamp }) }
    do throws(CacheFailure) {
      return try AnswerStore(path: path, clock: { Moment.timestamp }, report: report)
    } catch {
      throw CommandFailure(error.description, exit: .couldNotRun)
    }
  }
}
