import RoutingBudgets

extension StatementSteps {
  /// Adds what keeps one record of a batch.
  mutating func write(_ record: LedgerRecord) {
    switch record {
    case .open(let request): open(request)
    case .progress(let id, let progress):
      run(.progress) { values in
        values.add(blob: OpenRequestBytes.write(progress))
        values.add(id)
      }
    case .end(let row):
      insert(row)
      release(row.entry.id)
    case .release(let id): release(id)
    case .idempotency(let record): keep(record)
    case .forget(let key):
      run(.forgetKey) { values in
        values.add(key.owner)
        values.add(key.text)
      }
    case .policy(let archive):
      run(.policy) { values in
        values.add(archive.fingerprint)
        values.add(blob: archive.bytes)
      }
    case .text(let text): keep(text)
    case .rating(let rating): insert(rating)
    case .forgetTexts(let time): run(.forgetTexts) { $0.add(time.milliseconds) }
    }
  }

  /// Counts the batch itself, so that a lost one is found even if it held no row.
  mutating func countCommit() { run(.countCommit) }

  private mutating func open(_ request: OpenRequest) {
    let reservation = request.reservation
    run(.open) { values in
      values.add(reservation.id)
      values.add(reservation.time.milliseconds)
      values.add(reservation.expiry.milliseconds)
      values.add(blob: OpenRequestBytes.write(reservation.claims))
      values.add(blob: OpenRequestBytes.write(request.progress))
    }
  }

  private mutating func release(_ id: RequestID) { run(.release) { $0.add(id) } }

  private mutating func keep(_ text: KeptText) {
    run(.text) { values in
      values.add(text.request)
      values.add(blob: text.prompt)
      values.add(blob: text.answer)
      values.add(text.expiry.milliseconds)
    }
  }

  private mutating func keep(_ record: IdempotencyRecord) {
    let (state, status, answer): (String, Int64?, [UInt8]?) =
      switch record.state {
      case .running: ("running", nil, nil)
      case .answered(let status, let body): ("answered", Int64(status), body)
      case .lost: ("lost", nil, nil)
      }
    run(.keepKey) { values in
      values.add(record.key.owner)
      values.add(record.key.text)
      values.add(record.body)
      values.add(record.request)
      values.add(state)
      values.add(status)
      values.add(blob: answer)
      values.add(record.expiry.milliseconds)
    }
  }
}
