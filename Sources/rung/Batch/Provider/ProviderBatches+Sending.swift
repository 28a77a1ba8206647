import OpenAIWire
import PolicyUnits
import RoutingBudgets
import RoutingCalls
import RoutingService

extension ProviderBatches {
  /// Sends every batch that is on record and was not sent; a batch that may have been sent is looked for
  /// first.
  func send() async throws(CommandFailure) {
    for group in waiting where group.batch == nil && group.turnedAway != nil {
      if !run.goesOn { return }
      try await send(group)
    }
  }

  private func send(_ group: ProviderGroup) async throws(CommandFailure) {
    guard let client = client(of: group) else { return }
    var group = group
    show("sending \(Amounts.count(group.placed.count, "request")) to \(group.place.provider)")
    switch try await lookFor(group, client) {
    case .found(let batch):
      return try journal.keep(.created(group: group.name, batch: batch.id))
    case .unknown: return
    case .none: break
    }
    if group.files.isEmpty {
      let lines = try lines(of: group)
      let name = group.name
      let boundary = "rung-\(name)"
      let uploaded = try await trying { () async throws(BatchClient.Failure) in
        try await client.upload(lines, named: "rung-\(name).jsonl", boundary: boundary)
      }
      switch uploaded {
      case .success(let file):
        try journal.keep(.uploaded(group: group.name, file: file.id))
        group.files.append(file.id)
      case .failure(let failure): return try await turnedAway(group, failure)
      case nil: return
      }
    }
    try await create(group, client)
  }

  private enum Look {
    case found(ProviderBatch)
    /// The provider has none of it, or it was never asked for.
    case none
    /// The provider does not say, or the run was stopped: nothing may be asked for.
    case unknown
  }

  /// The batch, if it was asked for before and the provider has it.
  private func lookFor(
    _ group: ProviderGroup, _ client: BatchClient
  ) async throws(CommandFailure) -> Look {
    guard let asked = group.askedFor else { return .none }
    // What was on its way when the process died may not be listed yet.
    let passed = clock().milliseconds - asked.milliseconds
    let left = max(0, min(settings.settling, settings.settling - passed))
    await wait(left * 1_000_000)
    let found = try await trying { () async throws(BatchClient.Failure) in
      try await client.find(mark: group.name, files: Set(group.files))
    }
    switch found {
    case .success(let batch): return batch.map(Look.found) ?? .none
    case .failure(let failure):
      leave(group, because: Self.words(group, "list its batches", failure))
      return .unknown
    case nil: return .unknown
    }
  }

  /// Asks for the batch, and never again without having looked whether it is there.
  private func create(
    _ group: ProviderGroup, _ client: BatchClient
  ) async throws(CommandFailure) {
    guard let file = group.files.last else { return }
    var group = group
    for attempt in 0..<settings.tries {
      if !run.goesOn { return }
      let now = clock()
      try journal.keep(.creating(group: group.name, at: now))
      group.askedFor = now
      let made: ProviderBatch
      do throws(BatchClient.Failure) {
        made = try await client.create(of: file, mark: group.name)
      } catch {
        guard error.mayBeDone || error.isPassing else { return try await turnedAway(group, error) }
        await wait(pause(after: error, attempt))
        if error.mayBeDone {
          switch try await lookFor(group, client) {
          case .found(let batch):
            return try journal.keep(.created(group: group.name, batch: batch.id))
          case .unknown: return
          case .none: break
          }
        }
        // What it says it made is not asked for again, whatever it lists.
        if error.isDone || attempt == settings.tries - 1 {
          return leave(group, because: Self.words(group, "make a batch", error))
        }
        continue
      }
      return try journal.keep(.created(group: group.name, batch: made.id))
    }
  }

  /// The provider takes none of it: nothing was called, and what was set aside is given back.
  private func turnedAway(
    _ group: ProviderGroup, _ failure: BatchClient.Failure
  ) async throws(CommandFailure) {
    if failure.isPassing {
      return leave(group, because: Self.words(group, "take the file", failure))
    }
    try await giveBack(group)
    leave(
      group,
      because:
        "\(group.place.provider) turned a batch of \(Amounts.count(group.placed.count, "request")) away, none of "
        + "which was called: \(Terminal.harmless(failure.description))")
  }

  /// The file: a line for each request, told by the name of its row.
  private func lines(of group: ProviderGroup) throws(CommandFailure) -> [UInt8] {
    var lines: [UInt8] = []
    for item in group.placed {
      guard let (ask, _) = placed[item.mark.id] else { continue }
      let asked = try run.asked(ask)
      do throws(PlaceProblem) {
        let call = try service.call(of: asked, placed: item.mark)
        lines += BatchInputLine(customID: item.mark.id.description, body: call.body).bytes
      } catch {
        throw CommandFailure("\(ask.item.file.name): \(error)", exit: .couldNotRun)
      }
    }
    return lines
  }

  // MARK: Calls that may fail in passing

  /// Nil without the provider's key: its batches are left then.
  func client(of group: ProviderGroup) -> BatchClient? {
    if let client = service.batchClient(of: group.place.provider) { return client }
    leave(
      group,
      because: "the key of `\(group.place.provider)` is not set: \(journal.path) names a batch of "
        + "it")
    return nil
  }

  /// What it came to; nil if the run was stopped meanwhile.
  func trying<Value: Sendable>(
    _ body: () async throws(BatchClient.Failure) -> Value
  ) async throws(CommandFailure) -> Result<Value, BatchClient.Failure>? {
    var attempt = 0
    while run.goesOn, !Task.isCancelled {
      do throws(BatchClient.Failure) {
        return .success(try await body())
      } catch {
        attempt += 1
        guard error.isPassing, attempt < settings.tries else { return .failure(error) }
        await wait(pause(after: error, attempt - 1))
      }
    }
    return nil
  }

  func pause(after failure: BatchClient.Failure, _ attempt: Int) -> Int64 {
    let ours = settings.wait << Int64(min(attempt, 6))
    let asked = failure.wait.map { min($0, 600_000) * 1_000_000 } ?? 0
    return max(ours, asked)
  }

  /// In nanoseconds; an end of the run is heard at once.
  func wait(_ nanoseconds: Int64) async {
    let end = run.pace.now() + nanoseconds
    while run.goesOn, !Task.isCancelled {
      let left = end - run.pace.now()
      guard left > 0 else { return }
      await run.pace.sleep(min(left, BatchRun.Pace.step))
    }
  }

  static func words(
    _ group: ProviderGroup, _ what: String, _ failure: BatchClient.Failure
  ) -> String {
    "\(group.place.provider) could not \(what): \(Terminal.harmless(failure.description)); the same "
      + "command goes on"
  }
}
