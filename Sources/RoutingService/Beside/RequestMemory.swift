/// What requests leave to those after them, shared by all versions of a policy: which model a
/// conversation goes on with, and the shadows that are still asked.
package final class RequestMemory: Sendable {
  let stick: StickBook
  let beside: BesideWork

  /// `shadows` are asked at once at most: of more, those that come then are not asked.
  package init(stick: StickBook = StickBook(), shadows: Int = 64) {
    self.stick = stick
    beside = BesideWork(most: shadows)
  }

  /// Returns once every shadow has its row: to be awaited before the ledger is closed.
  package func finish() async { await beside.drain() }
}
