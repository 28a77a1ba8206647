/// How much a cache may hold.
///
/// Each tier is bounded in bytes and in entries, whichever is reached first.
package struct CacheLimits: Hashable, Sendable {
  package var memoryBytes: Int
  package var memoryEntries: Int
  package var diskBytes: Int64
  package var diskEntries: Int64
  /// What may wait to be written; more is kept in memory only.
  package var queuedBytes: Int
  /// A larger answer is not kept at all.
  package var largestAnswer: Int

  package init(
    memoryBytes: Int = 64 << 20, memoryEntries: Int = 50_000, diskBytes: Int64 = 4 << 30,
    diskEntries: Int64 = 1_000_000, queuedBytes: Int = 16 << 20, largestAnswer: Int = 1 << 20
  ) {
    self.memoryBytes = max(0, memoryBytes)
    self.memoryEntries = max(0, memoryEntries)
    self.diskBytes = max(0, diskBytes)
    self.diskEntries = max(0, diskEntries)
    self.queuedBytes = max(0, queuedBytes)
    self.largestAnswer = max(0, largestAnswer)
  }
}
