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
  /// Vectors in memory, with their questions.
  package var similarBytes: Int
  /// Questions of one partition that are looked at: the newest.
  package var similarEntries: Int

  package init(
    memoryBytes: Int = 64 << 20, memoryEntries: Int = 50_000, diskBytes: Int64 = 4 << 30,
    diskEntries: Int64 = 1_000_000, queuedBytes: Int = 16 << 20, largestAnswer: Int = 1 << 20,
    similarBytes: Int = 192 << 20, similarEntries: Int = 100_000
  ) {
    self.memoryBytes = max(0, memoryBytes)
    self.memoryEntries = max(0, memoryEntries)
    self.diskBytes = max(0, diskBytes)
    self.diskEntries = max(0, diskEntries)
    self.queuedBytes = max(0, queuedBytes)
    self.largestAnswer = max(0, largestAnswer)
    self.similarBytes = max(0, similarBytes)
    self.similarEntries = max(0, similarEntries)
  }
}
