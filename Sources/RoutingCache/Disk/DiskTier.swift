import Foundation
import GRDB
import RoutingBudgets
import Synchronization

/// The cache's file while it is open: reads from any task, changes from one thread.
final class DiskTier: Sendable {
  let path: String
  /// Nil once it is closed, and for a moment while the file is exchanged.
  let connections: Mutex<CacheFile.Connections?>

  init(path: String, report: (CacheNotice) -> Void) throws(CacheFailure) {
    self.path = path
    connections = Mutex(try CacheFile.open(path: path, report: report))
  }

  /// A file that is there and is a cache.
  init(existing path: String) throws(CacheFailure) {
    self.path = path
    connections = Mutex(try CacheFile.open(existing: path))
  }

  /// Reads without waiting for whoever writes.
  func read<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    let open = connections.withLock { connections in
      connections?.readers.enter()
      return connections
    }
    guard let open else { throw CacheFailure.closed }
    defer { open.readers.leave() }
    do {
      return try await open.reader.read(body)
    } catch let error as DatabaseError where error.isDamage {
      open.damage.withLock { $0 = CacheFile.reason(error) }
      throw error
    }
  }

  /// What is wrong with the contents of the file that is open now, if a reader has come upon it.
  var damage: String? {
    connections.withLock { connections in connections?.damage.withLock { $0 } }
  }

  /// Reads on the connection that writes.
  ///
  /// Waits; for the writing thread only.
  func look<Value>(_ body: (Database) throws -> Value) throws -> Value {
    guard let writer = connections.withLock({ $0?.writer }) else { throw CacheFailure.closed }
    return try writer.inDatabase(body)
  }

  /// Changes in one transaction: all or none.
  ///
  /// Waits; for the writing thread only.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    guard let writer = connections.withLock({ $0?.writer }) else { throw CacheFailure.closed }
    return try writer.inDatabase { db in
      var value: Value?
      try db.inTransaction(.immediate) {
        value = try body(db)
        return .commit
      }
      guard let value else { throw CacheFailure.closed }
      return value
    }
  }

  /// Puts an empty file in the place of one whose contents cannot be read any more.
  func replace(because reason: String, report: (CacheNotice) -> Void) throws(CacheFailure) {
    let old = connections.withLock { connections in
      defer { connections = nil }
      return connections
    }
    guard let old else { throw .closed }
    old.close()
    let name = try CacheFile.setAside(path: path)
    report(.setAside(path: path, as: name, reason: reason))
    let new = try CacheFile.open(path: path, report: report)
    connections.withLock { $0 = new }
  }

  func close() {
    let old = connections.withLock { connections in
      defer { connections = nil }
      return connections
    }
    old?.close()
  }
}
