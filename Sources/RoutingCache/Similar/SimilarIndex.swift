import RoutingBudgets
import Synchronization

/// The blocks in memory: those of the partitions asked about last, within a bound in bytes.
///
/// It only tells which answers to look for: an answer is given out by its key and its partition, so
/// what stands here too long, or not at all, makes a smaller cache and never a wrong one. A partition's
/// block is read from the file when it is first asked about, by one task for all who wait; without a
/// file it grows with what is kept.
final class SimilarIndex: Sendable {
  typealias Loaded = [(row: SimilarRow, vector: UnitVector)]

  private struct Slot: Sendable {
    var block: VectorBlock
    var used: UInt64

    /// How many bytes more it is.
    mutating func change(_ change: (inout VectorBlock) -> Void) -> Int {
      let before = block.bytes
      change(&block)
      return block.bytes - before
    }
  }

  private struct Loading: Sendable {
    let task: Task<Void, Never>
    /// Kept in the meantime.
    var kept: [(SimilarRow, UnitVector)] = []
  }

  private struct State: Sendable {
    var slots: [CacheDigest: Slot] = [:]
    var loading: [CacheDigest: Loading] = [:]
    var bytes = 0
    var uses: UInt64 = 0
    /// What was read before a purge is not taken in after it.
    var purges = 0

    mutating func rows(_ partition: CacheDigest) -> VectorRows? {
      uses += 1
      slots[partition]?.used = uses
      return slots[partition]?.block.rows
    }

    mutating func change(
      _ partition: CacheDigest, _ change: (inout VectorBlock) -> Void
    ) {
      bytes += slots[partition]?.change(change) ?? 0
    }

    mutating func put(_ block: VectorBlock, _ partition: CacheDigest) {
      bytes -= slots[partition]?.block.bytes ?? 0
      uses += 1
      slots[partition] = Slot(block: block, used: uses)
      bytes += block.bytes
    }

    mutating func remove(_ partition: CacheDigest) {
      bytes -= slots.removeValue(forKey: partition)?.block.bytes ?? 0
    }

    /// Lets go of the blocks used longest ago, a tenth at a time.
    mutating func shrink(to most: Int) {
      guard bytes > most else { return }
      for (partition, _) in slots.sorted(by: { $0.value.used < $1.value.used }) {
        guard bytes > most - most / 10 else { return }
        remove(partition)
      }
    }
  }

  private let state = Mutex(State())
  private let mostBytes: Int
  let mostRows: Int
  /// Whether the file has all rows, or this is all there is.
  private let hasFile: Bool

  init(_ limits: CacheLimits, hasFile: Bool) {
    mostBytes = limits.similarBytes
    mostRows = limits.similarEntries
    self.hasFile = hasFile
  }

  /// Bytes and rows in memory.
  var size: (entries: Int, bytes: Int) {
    state.withLock { state in
      (state.slots.values.reduce(0) { $0 + $1.block.count }, state.bytes)
    }
  }

  func has(_ key: CacheKey) -> Bool {
    state.withLock { $0.slots[key.partition.digest]?.block.has(key.digest) ?? false }
  }

  /// The rows of a question's partition, read with `load` where they are not in memory; nil if there
  /// are none.
  func rows(
    of question: SimilarQuestion, load: @escaping @Sendable () async -> Loaded
  ) async -> VectorRows? {
    let partition = question.key.partition.digest
    let dimension = question.vector.dimension
    let (rows, task) = state.withLock { state -> (VectorRows?, Task<Void, Never>?) in
      if let rows = state.rows(partition) { return (rows, nil) }
      guard hasFile else { return (nil, nil) }
      if let loading = state.loading[partition] { return (nil, loading.task) }
      let purges = state.purges
      let task = Task { [self] in
        let rows = await load()
        take(rows, dimension, partition, purges)
      }
      state.loading[partition] = Loading(task: task)
      return (nil, task)
    }
    guard let task else { return rows }
    await task.value
    return state.withLock { $0.rows(partition) }
  }

  /// Takes in what was read and what was kept meanwhile, unless it was purged.
  private func take(
    _ rows: Loaded, _ dimension: Int, _ partition: CacheDigest, _ purges: Int
  ) {
    var block = VectorBlock(dimension: dimension, most: mostRows)
    for (row, vector) in rows { block.keep(row, vector) }
    state.withLock { state in
      let kept = state.loading.removeValue(forKey: partition)?.kept ?? []
      guard state.purges == purges else { return }
      for (row, vector) in kept { block.keep(row, vector) }
      state.put(block, partition)
      state.shrink(to: mostBytes)
    }
  }

  /// Keeps a row where its partition is in memory; elsewhere the file has it.
  func keep(_ question: SimilarQuestion, request: RequestID) {
    let row = SimilarRow(key: question.key.digest, text: question.text, request: request)
    let partition = question.key.partition.digest
    state.withLock { state in
      if state.loading[partition] != nil {
        state.loading[partition]?.kept.append((row, question.vector))
        return
      }
      if state.slots[partition] == nil {
        guard !hasFile else { return }
        state.put(VectorBlock(dimension: question.vector.dimension, most: mostRows), partition)
      }
      state.change(partition) { $0.keep(row, question.vector) }
      state.shrink(to: mostBytes)
    }
  }

  /// Lets go of a row whose answer is no longer there.
  func remove(_ key: CacheKey) {
    state.withLock { state in
      let partition = key.partition.digest
      state.change(partition) { $0.remove(key.digest) }
      if !hasFile, state.slots[partition]?.block.count == 0 { state.remove(partition) }
    }
  }

  /// After a purge: what the file still has is read again, and without one what is still kept stays.
  func forget(unless isKept: (CacheKey) -> Bool) {
    state.withLock { state in
      state.purges += 1
      guard !hasFile else {
        state.slots = [:]
        state.bytes = 0
        return
      }
      for (partition, slot) in state.slots {
        let owner = CachePartition(partition)
        for row in slot.block.rows.all
        where !isKept(CacheKey(partition: owner, digest: row.key)) {
          state.change(partition) { $0.remove(row.key) }
        }
        if state.slots[partition]?.block.count == 0 { state.remove(partition) }
      }
    }
  }
}
