package import PolicySource

/// All files one policy was loaded from: itself, its imports, its catalog and what they name.
///
/// Loading again through ``bytes(of:)`` gives the same policy, whatever has become of the files. A
/// catalog names the variables that hold keys, never a key (one that looks like it holds one is
/// refused), so nothing secret is in it.
package struct PolicySources: Hashable, Sendable {
  /// The policy's own path, as it was asked for.
  package let path: String
  /// In the order they were read, each by the path it was asked for.
  package let files: [File]

  package struct File: Hashable, Sendable {
    package let path: String
    package let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  package init(path: String, files: [File]) {
    self.path = path
    self.files = files
  }

  /// What was read under a path; nil if nothing was.
  package func bytes(of path: String) -> [UInt8]? {
    files.first { $0.path == path }?.bytes
  }
}

extension PolicySources {
  private static let format: UInt8 = 1

  /// The same files give the same bytes.
  package var archive: [UInt8] {
    var record = RecordWriter()
    record.unsigned(UInt64(Self.format))
    record.text(path)
    record.count(files.count)
    for file in files {
      record.text(file.path)
      record.data(file.bytes)
    }
    return record.bytes
  }

  /// Reads an ``archive``.
  ///
  /// - Throws: what is wrong with any other bytes.
  package init(archive: [UInt8]) throws(RecordProblem) {
    var record = RecordReader(archive)
    let format = try record.byte("format")
    guard format == Self.format else { throw .version(format) }
    path = try record.text("path")
    var files: [File] = []
    for _ in 0..<(try record.count("files")) {
      files.append(File(path: try record.text("path"), bytes: try record.data("file")))
    }
    self.files = files
    try record.end()
  }
}
