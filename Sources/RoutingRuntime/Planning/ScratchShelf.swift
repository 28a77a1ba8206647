import PolicyGraph
import Synchronization

/// Scratches between two decisions: a decision takes one and puts it back, so that it allocates none.
///
/// There are as many as decisions were ever made at once, up to a limit.
final class ScratchShelf: Sendable {
  private let scratches = Mutex<[Scratch]>([])

  func take(for graph: DecisionGraph) -> Scratch {
    scratches.withLock { $0.popLast() } ?? Scratch(for: graph)
  }

  /// Keeps none that has grown with a long text: room for it is rarely needed again.
  func put(_ scratch: consuming Scratch) {
    guard scratch.textRoom <= Self.mostTextRoom else { return }
    let kept = scratch
    scratches.withLock {
      if $0.count < Self.most { $0.append(kept) }
    }
  }

  private static let most = 64
  /// In bytes.
  private static let mostTextRoom = 65_536
}
