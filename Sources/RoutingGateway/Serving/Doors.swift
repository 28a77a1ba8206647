import Synchronization

/// Whether the gateway takes requests, or is on its way out.
final class Doors: Sendable {
  private let isOpen = Mutex(true)

  var areOpen: Bool { isOpen.withLock { $0 } }

  func close() { isOpen.withLock { $0 = false } }
}
