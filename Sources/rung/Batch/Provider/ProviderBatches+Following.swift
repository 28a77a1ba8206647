import OpenAIWire
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingService

extension ProviderBatches {
  /// Looks at the batches until all are over, and goes on with what they bring.
  ///
  /// A provider that does not answer is asked again: what it was given is paid for. One that fails for
  /// good is left to another run, and does not keep the others from being taken.
  func follow() async throws(CommandFailure) {
    while run.goesOn, !Task.isCancelled {
      let sent = waiting.filter { $0.batch != nil }
      guard !sent.isEmpty else { return }
      var words: [String] = []
      for group in sent {
        guard run.goesOn else { return }
        guard let said = try await look(at: group) else { continue }
        words.append(said)
      }
      show(words.joined(separator: "; "))
      guard waiting.contains(where: { $0.batch != nil }) else { return }
      await wait(settings.pause)
    }
  }

  /// What a line of progress says of it; nil where it was left, or the run was stopped.
  private func look(at group: ProviderGroup) async throws(CommandFailure) -> String? {
    guard group.placed.contains(where: { placed[$0.mark.id] != nil }) else {
      // All of it was gone on with by an earlier run, or is lost.
      try journal.keep(.over(group: group.name))
      return nil
    }
    guard let name = group.batch, let client = client(of: group) else { return nil }
    let looked = try await trying { () async throws(BatchClient.Failure) in
      try await client.batch(name)
    }
    switch looked {
    case .success(let batch):
      if batch.isOver {
        try await collect(group, batch, client)
      } else if batch.status != nil {
        isLively(group)
      } else if isTooOften(group) {
        leave(
          group,
          because: "\(group.place.provider) calls its batch \(batch.id) \(Self.shown(batch)), "
            + "which is no status of the Batch API, so nobody knows whether it is over; the same "
            + "command looks again")
      }
      return Self.words(batch, group)
    case .failure(let failure):
      guard failure.isPassing else {
        leave(group, because: Self.words(group, "tell of its batch", failure))
        return nil
      }
      return "\(group.place.provider) does not answer"
    case nil: return nil
    }
  }

  private static func shown(_ batch: ProviderBatch) -> String {
    batch.statusWord.isEmpty
      ? "nothing" : "`\(Terminal.harmless(String(batch.statusWord.prefix(40))))`"
  }

  private static func words(_ batch: ProviderBatch, _ group: ProviderGroup) -> String {
    let counts = batch.counts.map { " \($0.completed + $0.failed)/\($0.total)" } ?? ""
    return "\(group.place.provider) \(batch.status?.rawValue ?? shown(batch))\(counts)"
  }

  // MARK: What came back

  private func collect(
    _ group: ProviderGroup, _ batch: ProviderBatch, _ client: BatchClient
  ) async throws(CommandFailure) {
    guard let lines = try await read(group, batch, client) else { return }
    let items = group.placed
    if lines.strangers(beside: Set(items.map(\.mark.id.description))) > 0 {
      Terminal.error(
        "note: the batch \(batch.id) of \(group.place.provider) answers requests that were not asked"
      )
    }
    let (run, journal) = (run, journal)
    var missing = 0
    await withTaskGroup(of: Void.self) { tasks in
      var running = 0
      for item in items {
        // One that has its row already was gone on with by an earlier run.
        guard let (ask, index) = placed[item.mark.id] else { continue }
        let name = item.mark.id.description
        // Nobody knows what stands in the rest of a file that cannot be read: it is not given up.
        if lines.isDoubtful, !lines.has(name) {
          missing += 1
          continue
        }
        if running == settings.atOnce {
          await tasks.next()
          running -= 1
        }
        guard run.goesOn else { break }
        running += 1
        let brought = BroughtAnswer(
          lines.kind(of: name, in: batch), from: item.mark.place, batch: batch.id)
        tasks.addTask {
          await run.take(brought, ask, item.mark, index) {
            do throws(CommandFailure) {
              try journal.keepCalling(item.mark.id, in: group.name)
              return nil
            } catch {
              return error.message
            }
          }
        }
      }
    }
    guard run.goesOn else { return }
    try await run.sync()
    guard missing == 0 else {
      return leave(
        group,
        because:
          "\(group.place.provider) gives \(missing) of \(Amounts.count(items.count, "answer")) of \(batch.id) cut "
          + "off, or in a file that is none of answers; the same command goes on")
    }
    try journal.keep(.over(group: group.name))
  }

  /// The lines of a batch that is over; nil if the run was stopped meanwhile, its provider does not
  /// answer now, or does not name the answers yet.
  ///
  /// Files that are short, cut off or no files of answers are read again.
  private func read(
    _ group: ProviderGroup, _ batch: ProviderBatch, _ client: BatchClient
  ) async throws(CommandFailure) -> BatchResultLines? {
    let names = group.placed.filter { placed[$0.mark.id] != nil }.map(\.mark.id.description)
    if batch.lacksAnswers, !isTooOften(group) { return nil }
    var lines = BatchResultLines()
    for attempt in 0..<settings.tries {
      lines = BatchResultLines()
      for (file, isErrors) in [(batch.outputFile, false), (batch.errorFile, true)] {
        guard let file else { continue }
        let content = try await trying { () async throws(BatchClient.Failure) in
          try await client.content(of: file)
        }
        switch content {
        case .success(let bytes): lines.read(bytes, isErrors: isErrors)
        case .failure(let failure):
          if !failure.isPassing {
            leave(group, because: Self.words(group, "give its answers", failure))
          }
          return nil
        case nil: return nil
        }
      }
      if batch.status == .failed || names.allSatisfy({ lines.has($0) }) { return lines }
      if batch.lacksAnswers {
        lines.doubt()
        return lines
      }
      if !lines.isDoubtful, lines.covers(batch.counts) { return lines }
      if attempt < settings.tries - 1 { await wait(settings.wait << Int64(min(attempt, 6))) }
      if !run.goesOn || Task.isCancelled { return nil }
    }
    return lines
  }
}

extension ProviderBatch {
  /// Whether it is over and names no file of answers yet, though there are some.
  fileprivate var lacksAnswers: Bool {
    guard outputFile == nil, status != .failed else { return false }
    guard let counts else { return status == .completed && errorFile == nil }
    return counts.completed > 0
  }
}

extension BatchRun {
  /// Goes on with an item whose call went by a batch, and writes its line; `announce` puts on record
  /// that calls follow, before the first.
  func take(
    _ brought: BroughtAnswer, _ ask: BatchPlan.Ask, _ mark: PlacedMark, _ index: Int,
    announcing announce: @escaping @Sendable () async -> String?
  ) async {
    do {
      let outcome = try await service.take(
        brought, for: try asked(ask), placed: mark, announcing: announce)
      // Nil if its time was over meanwhile: the next run writes it down as lost.
      guard let outcome else { return }
      settle(outcome, index)
      try await write(outcome, ask)
    } catch let failure as CommandFailure {
      stop(because: .failure(failure))
    } catch {
      stop(because: .failure(CommandFailure("\(error)", exit: .couldNotRun)))
    }
  }
}
