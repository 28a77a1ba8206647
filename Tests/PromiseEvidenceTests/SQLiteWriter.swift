import Foundation
import PromiseEvidence

/// A small SQLite program on a machine that fails: what the instruments are held against.
struct SQLiteWriter {
  let folder: URL
  private static let python = URL(filePath: "/usr/bin/python3")

  /// Says why nothing can be tried here; nil if it can.
  static var obstacle: String? {
    #if os(Linux)
      let files = FileManager.default
      guard files.isExecutableFile(atPath: python.path) else { return "there is no python3" }
      guard files.fileExists(atPath: library.path) else { return "\(library.path) is not built" }
      return nil
    #else
      return "programs can be hurt on Linux only"
    #endif
  }

  private static var library: URL {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "librung-machine-faults.so")
  }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "rung-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  var database: String { folder.appending(path: "rows.db").path }

  /// Writes rows one by one and says each number when it is committed; then the process ends hard,
  /// so that nothing is tidied up.
  func write(
    _ count: Int, synchronous: String, plan: String? = nil, trace: String = "trace"
  ) throws -> (said: [Int], trace: FaultTrace) {
    let file = folder.appending(path: trace)
    var variables = ["RUNG_FAULT_FILES": database, "RUNG_FAULT_TRACE": file.path]
    variables["RUNG_FAULT_PLAN"] = plan
    variables["LD_PRELOAD"] = Self.library.path
    let said = try run(Self.script, [database, synchronous, "\(count)"], variables)
    return (Self.numbers(said), try FaultTrace(Array(Data(contentsOf: file))))
  }

  /// The numbers of the rows in each database; nil for one that cannot be read.
  func rows(in databases: [String]) throws -> [Set<Int>?] {
    let said = try run(Self.reader, databases, [:])
    return String(decoding: said, as: UTF8.self).split(separator: "\n").map { line in
      line == "broken" ? nil : Set(line.split(separator: " ").compactMap { Int($0) })
    }
  }

  static func numbers(_ said: some Sequence<UInt8>) -> [Int] {
    String(decoding: Array(said), as: UTF8.self).split(separator: "\n").compactMap { Int($0) }
  }

  private func run(
    _ script: String, _ arguments: [String], _ variables: [String: String]
  ) throws -> [UInt8] {
    let process = Process()
    process.executableURL = Self.python
    process.arguments = ["-c", script] + arguments
    process.environment = variables
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Array(data)
  }

  private static let script = """
    import sqlite3, sys, os
    path, mode, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA wal_autocheckpoint=20")
    db.execute("PRAGMA synchronous=" + mode)
    db.execute("CREATE TABLE IF NOT EXISTS rows(id INTEGER PRIMARY KEY, text TEXT)")
    for number in range(count):
        try:
            db.execute("INSERT INTO rows VALUES(?, ?)", (number, "x" * 300))
            os.write(1, b"%d\\n" % number)
        except sqlite3.Error:
            pass
    os._exit(0)
    """

  private static let reader = """
    import sqlite3, sys
    for path in sys.argv[1:]:
        try:
            db = sqlite3.connect(path)
            broken = db.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
            rows = [str(row[0]) for row in db.execute("SELECT id FROM rows NOT INDEXED")]
            print("broken" if broken else "- " + " ".join(rows))
        except sqlite3.Error as error:
            print("- " if "no such table" in str(error) else "broken")
    """
}
