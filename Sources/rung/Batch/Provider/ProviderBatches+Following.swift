import OpenAIWire
import RoutingBudgets
import RoutingCalls
import RoutingService

extension ProviderBatches {
  /// Looks at the batches until all are over, and goes on with what they bring.
  ///
  /// A provider that does not answer is asked again: what it was given is paid for.
  func follow() async throws(CommandFailure) {
    while run.goesOn, !Task.isCancelled {
      let waiting = journal.unfinished.filter { $0.batch != nil }
      guard !waiting.isEmpty else { return }
      var words: [String] = []
      for group in waiting {
        guard let name = group.batch, run.goesOn else { return }
        let client = try client(of: group)
        let looked = try await trying { () async throws(BatchClient.Failure) in
          try await client.batch(name)
        }
        switch looked {
        case .success(let batch):
          words.append(Self.words(batch, group))
          if batch.status.isOver { try await collect(group, batch, client) }
        case .failure(let failure):
          guard failure.isPassing else {
            throw Self.failure(group, "tell of its batch", failure)
          }
          words.append("\(group.place.provider) does not answer")
        case nil: return
        }
      }
      show(words.joined(separator: "; "))
      guard !journal.unfinished.isEmpty else { return }
      await wait(settings.pause)
    }
  }

  private static func words(_ batch: ProviderBatch, _ group: ProviderGroup) -> String {
    let counts = batch.counts.map { " \($0.completed + $0.failed)/\($0.total)" } ?? ""
    return "\(group.place.provider) \(batch.status.rawValue)\(counts)"
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
    let run = run
    await withTaskGroup(of: Void.self) { tasks in
      var running = 0
      for item in items {
        // One that has its row already was gone on with by an earlier run.
        guard let (ask, index) = placed[item.mark.id] else { continue }
        if running == settings.atOnce {
          await tasks.next()
          running -= 1
        }
        guard run.goesOn else { break }
        running += 1
        let kind = lines.kind(of: item.mark.id.description, in: batch)
        let brought = BroughtAnswer(kind, from: item.mark.place, batch: batch.id)
        tasks.addTask { await run.take(brought, ask, item.mark, index) }
      }
    }
    guard run.goesOn else { return }
    try await run.sync()
    try journal.keep(.over(group: group.name))
  }

  /// The lines of a batch that is over; nil if the run was stopped meanwhile, or its provider does not
  /// answer now.
  ///
  /// Files that are cut off are read again, and in the end left to another run: what stands in no file
  /// would count as lost.
  private func read(
    _ group: ProviderGroup, _ batch: ProviderBatch, _ client: BatchClient
  ) async throws(CommandFailure) -> BatchResultLines? {
    var lines = BatchResultLines()
    for attempt in 0..<settings.tries {
      lines = BatchResultLines()
      for file in [batch.outputFile, batch.errorFile].compactMap(\.self) {
        let content = try await trying { () async throws(BatchClient.Failure) in
          try await client.content(of: file)
        }
        switch content {
        case .success(let bytes): lines.read(bytes)
        case .failure(let failure):
          guard failure.isPassing else {
            throw Self.failure(group, "give its answers", failure)
          }
          return nil
        case nil: return nil
        }
      }
      let isWhole = !lines.isTorn && lines.count >= batch.counts?.completed ?? 0
      if isWhole || batch.status == .failed { return lines }
      if attempt < settings.tries - 1 { await wait(settings.wait << Int64(min(attempt, 6))) }
      if !run.goesOn || Task.isCancelled { return nil }
    }
    guard !lines.isTorn else {
      throw CommandFailure(
        "\(group.place.provider) gives the answers of \(batch.id) cut off; the same command goes on",
        exit: .couldNotRun)
    }
    return lines
  }
}

/// What the files of a batch say of each request.
struct BatchResultLines {
  private var results: [String: [BatchOutputLine.Result]] = [:]
  /// Lines, whatever stands in them.
  private(set) var count: Int64 = 0
  /// Whether a file ends in a piece of a line.
  private(set) var isTorn = false

  mutating func read(_ bytes: [UInt8]) {
    let pieces = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, piece) in pieces.enumerated() where !piece.allSatisfy(\.isBlank) {
      count += 1
      guard let line = BatchOutputLine(Array(piece)) else {
        // A last line needs no line break, but it has to be whole.
        if index == pieces.count - 1 { isTorn = true }
        continue
      }
      if results[line.customID]?.contains(line.result) != true {
        results[line.customID, default: []].append(line.result)
      }
    }
  }

  /// Names nobody asked under.
  func strangers(beside names: Set<String>) -> Int {
    results.keys.count { !names.contains($0) }
  }

  /// What a batch that is over has brought for a request.
  func kind(of name: String, in batch: ProviderBatch) -> BroughtAnswer.Kind {
    guard let found = results[name] else {
      // Turned away as a whole: no line of it was looked at.
      if batch.status == .failed {
        let problem = batch.problems.first ?? "it does not say why"
        return .notMade(problem: Terminal.harmless("the batch was turned away: \(problem)"))
      }
      return .unknown(problem: "the batch ended as \(batch.status.rawValue) without a line for it")
    }
    guard found.count == 1, let result = found.first else {
      return .unknown(problem: "the batch has different lines for it")
    }
    switch result {
    case .answered(let status, let body): return .answered(status: status, body: body)
    case .failed(let code, let message):
      return .notMade(problem: Terminal.harmless("\(code): \(message)"))
    }
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x0D || self == 0x09 }
}

extension BatchRun {
  /// Goes on with an item whose call went by a batch, and writes its line.
  func take(
    _ brought: BroughtAnswer, _ ask: BatchPlan.Ask, _ mark: PlacedMark, _ index: Int
  ) async {
    do {
      let outcome = try await service.take(brought, for: try asked(ask), placed: mark)
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
