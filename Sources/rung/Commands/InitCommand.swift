import ArgumentParser
import Foundation

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a small working policy, its catalog and a request to try.",
    discussion: """
      Nothing is overwritten: if one of the files exists, nothing is written at all.

      EXAMPLES
        rung init                in this folder
        rung init support        in ./support, made if it is missing
      """)

  @Argument(help: "The folder to write into.")
  var folder = "."

  func run() throws {
    let base = URL(filePath: folder)
    let files = StarterFiles.all.map { (url: base.appending(path: $0.name), text: $0.text) }
    for file in files where FileManager.default.fileExists(atPath: file.url.path) {
      throw CommandFailure("`\(file.url.relativePath)` exists; nothing was written")
    }
    do {
      try FileManager.default.createDirectory(at: base, withIntermediateDirectories: true)
      for file in files {
        try Data(file.text.utf8).write(to: file.url, options: .withoutOverwriting)
      }
    } catch {
      throw CommandFailure(
        "could not write into `\(folder)`: \(error.localizedDescription)", exit: .couldNotRun)
    }
    for file in files { Terminal.out("wrote \(file.url.relativePath)") }
    Terminal.out("")
    Terminal.out("next: rung explain \(folder) \(files[2].url.relativePath)")
  }
}
