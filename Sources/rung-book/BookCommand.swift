import ArgumentParser
import Foundation

@main
struct BookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rung-book",
    abstract: "Write the language book as pages that need no network.",
    discussion: """
      EXAMPLES
        rung-book . book/site
      """)

  @Argument(help: "The top of the checkout.")
  var root: String

  @Argument(help: "The folder to write; what was in it goes.")
  var output: String

  func run() throws {
    let root = URL(filePath: root)
    let book = try Book(root: root)
    let folder = URL(filePath: output)
    let files = FileManager.default
    if files.fileExists(atPath: folder.path) {
      // Nobody's folder but a book's is emptied.
      guard files.fileExists(atPath: folder.appending(path: Book.index).path) else {
        throw ValidationError("\(output) is there and is no book: name another folder")
      }
      try files.removeItem(at: folder)
    }
    for (path, text) in book.files {
      let file = folder.appending(path: path)
      try files.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    print("\(book.pages.count) pages: \(folder.appending(path: Book.index).path)")
  }
}
