/// The files a machine finds when its power comes back.
///
/// What was synced is there. Of the rest a disk may have kept anything: nothing, all, the first part,
/// some writes and not earlier ones, single sectors of a write. New and removed names count once
/// their folder has been synced, or the new file itself, as ext4, XFS, Btrfs and APFS have it;
/// before that, in their order or not at all.
package struct PowerLoss: Sendable {
  /// What becomes of writes that no sync has covered.
  package enum Manner: String, CaseIterable, Hashable, Sendable {
    case allLost = "lost"
    case allKept = "kept"
    case cutShort = "cut short"
    case reordered
    /// By sectors of 512 bytes.
    case torn
  }

  /// A disk up to one event of a trace.
  private struct Inode {
    var durable: [UInt8] = []
    var pending: [Pending] = []
    /// How many are durable already: a place among all changes is `kept` and the place in `pending`.
    var kept = 0
  }

  private enum Pending {
    case write(offset: Int, bytes: [UInt8])
    case truncate(size: Int)
  }

  private enum Naming {
    case link(String, inode: Int)
    case unlink(String)
    case rename(String, String)
  }

  private var inodes: [Inode] = []
  /// As the program sees them, and as they are on the disk.
  private var names: [String: Int] = [:]
  private var durableNames: [String: Int] = [:]
  private var pendingNames: [(number: Int, naming: Naming)] = []
  private var namings = 0
  /// Which inode a file number of the trace is; nil for the folder.
  private var files: [Int: Int] = [:]
  /// How many changes there had been in all when a file's sync began.
  private var marks: [Int: [Int]] = [:]

  /// The disk as it was before an event, when `files` were on it, durable, before the first one.
  package init(of trace: FaultTrace, before end: Int, files: [String: [UInt8]] = [:]) {
    for (name, bytes) in files {
      names[name] = inodes.count
      inodes.append(Inode(durable: bytes))
    }
    durableNames = names
    for event in trace.events[..<end] { apply(event.change) }
  }

  /// What is there after the power came back, by path.
  package func files(
    _ manner: Manner, using random: inout some RandomNumberGenerator
  ) -> [String: [UInt8]] {
    var found = durableNames
    let kept =
      switch manner {
      case .allLost: 0
      case .allKept: pendingNames.count
      case .cutShort, .reordered, .torn: Int.random(in: 0...pendingNames.count, using: &random)
      }
    for (_, naming) in pendingNames.prefix(kept) { Self.apply(naming, to: &found) }
    var result: [String: [UInt8]] = [:]
    for (name, inode) in found.sorted(by: { $0.key < $1.key }) {
      result[name] = contents(inodes[inode], manner, &random)
    }
    return result
  }

  /// How many bytes and truncations no sync has covered.
  package var unsynced: Int {
    inodes.reduce(0) { sum, inode in
      inode.pending.reduce(sum) { sum, pending in
        switch pending {
        case .write(_, let bytes): sum + bytes.count
        case .truncate: sum + 1
        }
      }
    }
  }

  // MARK: Going through the trace

  private mutating func apply(_ change: FaultTrace.Change) {
    switch change {
    case .opened(let file, let path, let isNew):
      if names[path] == nil, isNew {
        names[path] = inodes.count
        name(.link(path, inode: inodes.count))
        inodes.append(Inode())
      }
      files[file] = names[path]
    case .wrote(let file, let offset, let bytes):
      guard let inode = files[file] else { return }
      inodes[inode].pending.append(.write(offset: offset, bytes: bytes))
    case .truncated(let file, let size):
      guard let inode = files[file] else { return }
      inodes[inode].pending.append(.truncate(size: size))
    case .syncBegan(let file):
      let changes = files[file].map { inodes[$0].kept + inodes[$0].pending.count } ?? namings
      marks[file, default: []].append(changes)
    case .syncEnded(let file): synced(file)
    case .unlinked(let path):
      names[path] = nil
      name(.unlink(path))
    case .renamed(let from, let to):
      names[to] = names.removeValue(forKey: from)
      name(.rename(from, to))
    case .said, .fault, .mapped, .failed: break
    }
  }

  private mutating func name(_ naming: Naming) {
    pendingNames.append((namings, naming))
    namings += 1
  }

  private mutating func synced(_ file: Int) {
    guard let mark = marks[file]?.first else { return }
    marks[file]?.removeFirst()
    guard let inode = files[file] else {
      for (number, naming) in pendingNames where number < mark {
        Self.apply(naming, to: &durableNames)
      }
      return pendingNames.removeAll { $0.number < mark }
    }
    let count = max(0, mark - inodes[inode].kept)
    for pending in inodes[inode].pending.prefix(count) {
      Self.apply(pending, to: &inodes[inode].durable)
    }
    inodes[inode].pending.removeFirst(count)
    inodes[inode].kept += count
    // A file that was synced can be found; its later names wait for their folder.
    pendingNames.removeAll { entry in
      guard case .link(let path, inode) = entry.naming else { return false }
      durableNames[path] = inode
      return true
    }
  }

  private static func apply(_ naming: Naming, to names: inout [String: Int]) {
    switch naming {
    case .link(let path, let inode): names[path] = inode
    case .unlink(let path): names[path] = nil
    case .rename(let from, let to):
      if let inode = names.removeValue(forKey: from) { names[to] = inode }
    }
  }

  // MARK: What is left of a file

  private func contents(
    _ inode: Inode, _ manner: Manner, _ random: inout some RandomNumberGenerator
  ) -> [UInt8] {
    var bytes = inode.durable
    let first =
      manner == .cutShort
      ? Int.random(in: 0...inode.pending.count, using: &random) : inode.pending.count
    for (place, pending) in inode.pending.enumerated() {
      switch manner {
      case .allLost: break
      case .allKept: Self.apply(pending, to: &bytes)
      case .cutShort: if place < first { Self.apply(pending, to: &bytes) }
      case .reordered: if Bool.random(using: &random) { Self.apply(pending, to: &bytes) }
      case .torn:
        for sector in Self.sectors(of: pending) where Bool.random(using: &random) {
          Self.apply(sector, to: &bytes)
        }
      }
    }
    return bytes
  }

  private static let sector = 512

  private static func sectors(of pending: Pending) -> [Pending] {
    guard case .write(let offset, let bytes) = pending else { return [pending] }
    var parts: [Pending] = []
    var place = 0
    while place < bytes.count {
      let end = min(bytes.count, place + sector - (offset + place) % sector)
      parts.append(.write(offset: offset + place, bytes: Array(bytes[place..<end])))
      place = end
    }
    return parts
  }

  private static func apply(_ pending: Pending, to bytes: inout [UInt8]) {
    switch pending {
    case .write(let offset, let written):
      let end = offset + written.count
      if bytes.count < end {
        bytes += [UInt8](repeating: 0, count: end - bytes.count)
      }
      bytes.replaceSubrange(offset..<end, with: written)
    case .truncate(let size):
      if size < bytes.count {
        bytes.removeLast(bytes.count - size)
      } else {
        bytes += [UInt8](repeating: 0, count: size - bytes.count)
      }
    }
  }
}
