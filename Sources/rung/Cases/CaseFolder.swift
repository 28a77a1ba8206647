import Foundation
import PolicyAnalysis
import PolicySemantics

/// The folder that requests of tests are written to.
struct CaseFolder {
  /// As a test names it: from the policy's folder.
  let name: String
  private let path: String

  /// - Throws: if the folder is not the policy's own or below it: a test could not name its files.
  init(_ path: String, policy: String) throws(CommandFailure) {
    self.path = path
    let folder = URL(filePath: path).standardizedFileURL
    let home = URL(filePath: policy).standardizedFileURL.deletingLastPathComponent()
    let (own, all) = (home.pathComponents, folder.pathComponents)
    guard all.starts(with: own) else {
      throw CommandFailure("`\(path)` is not below the policy's folder, so a test cannot name it")
    }
    name = all.dropFirst(own.count).joined(separator: "/")
  }

  /// Cases as test blocks; requests that a test reads of a file are written to the folder.
  func text(of cases: PolicyCases, _ policy: CheckedPolicy) throws(CommandFailure) -> String {
    let text = CaseText(cases, policy, folder: name)
    try write(text.files)
    return text.text
  }

  /// - Throws: before anything is written, if a file is there that says something else: a test may
  ///   read it.
  func write(_ files: [CaseFile]) throws(CommandFailure) {
    guard !files.isEmpty else { return }
    for file in files {
      let path = self.path(of: file)
      if FileManager.default.fileExists(atPath: path),
        FileManager.default.contents(atPath: path) != Data(file.body.utf8)
      {
        throw CommandFailure("`\(path)` is there with something else in it; nothing was written")
      }
    }
    do {
      try FileManager.default.createDirectory(
        at: URL(filePath: path), withIntermediateDirectories: true)
    } catch {
      throw CommandFailure(
        "could not make the folder `\(path)`: \(Files.reason(error))",
        exit: .couldNotRun)
    }
    for file in files { try Files.write(file.body, to: path(of: file)) }
  }

  private func path(of file: CaseFile) -> String {
    path.hasSuffix("/") ? path + file.name : "\(path)/\(file.name)"
  }
}
