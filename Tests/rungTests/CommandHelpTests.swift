import Foundation
import JSONReading
import Testing

/// What every command says of itself, and what shells make of it.
@Suite struct `Every command of rung` {
  @Test func `shows an example of its use`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    let commands = try Self.commands(shell)
    #expect(commands.count > 30)
    for command in commands {
      let help = try shell.run("rung \(command) --help")
      let example = help.drop { $0 != "EXAMPLES" }.dropFirst().prefix { !$0.isEmpty }
      // A line that is too long for a screen goes on at its left edge.
      let broken = example.filter { !$0.hasPrefix("  ") }
      #expect(broken == [], "an example of `rung \(command)` is wider than 80 columns")
      #expect(
        example.contains { $0.contains("rung \(command)") }, "`rung \(command)` shows no use of it")
    }
  }

  @Test func `says what it does in whole lines`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    for command in try Self.commands(shell) {
      let help = try shell.run("rung \(command) --help")
      let words = help.prefix { $0 != "EXAMPLES" && !$0.hasPrefix("USAGE:") }
      for (line, next) in zip(words, words.dropFirst()) {
        // A list is laid out by hand, and what leads to one ends with a colon.
        let isProse = [line, next].allSatisfy { !$0.isEmpty && !$0.contains("  ") }
        guard isProse, !line.hasSuffix(":"), let word = next.split(separator: " ").first else {
          continue
        }
        #expect(
          line.count + 1 + word.count > 79, "`rung \(command)` breaks a line early: \(line)")
      }
    }
  }

  @Test func `is completed by bash, with its options and with files`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    func completed(_ line: String) throws -> [String] {
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      let array = words.map { "'\($0)'" }.joined(separator: " ")
      return try shell.run(
        """
        bash --norc -c 'source <(rung completions bash)
        COMP_WORDS=(\(array.replacing("'", with: "'\\''"))); COMP_CWORD=\(words.count - 1)
        COMP_LINE="\(line)"; COMP_POINT=${#COMP_LINE}
        _rung rung "\(words[words.count - 1])" "\(words[words.count - 2])"; printf "%s\\n" "${COMPREPLY[@]}"' | sed 's/ *$//' | sort
        """)
    }
    #expect(try completed("rung che") == ["check"])
    #expect(
      try completed("rung catalog ") == [
        "--help", "--version", "-h", "check", "diff", "import", "show",
      ])
    #expect(try completed("rung check --str") == ["--strict"])
    #expect(try completed("rung check --format s") == ["sarif"])
    #expect(try completed("rung check poli") == ["policies"])
    #expect(try completed("rung rule unknown_na") == ["unknown_name"])
  }

  @Test(arguments: ["zsh", "fish"])
  func `is in a script that its shell can read`(name: String) throws {
    let shell = try Shell()
    defer { shell.remove() }
    guard try shell.run("command -v \(name)").first?.hasPrefix("/") == true else {
      print("there is no \(name) here: its completions were not read")
      return
    }
    let found = try shell.run("rung completions \(name) > script && \(name) -n script")
    #expect(found == [])
    guard name == "fish" else { return }
    let completed = try shell.run(#"fish -c 'source script; complete -C "rung che"'"#)
    #expect(completed.map { $0.prefix { $0 != "\t" } } == ["check"])
  }

  /// The words of each command that does something, as `catalog check`.
  private static func commands(_ shell: Shell, under words: String = "") throws -> [String] {
    let help = try shell.run("rung \(words) --help")
    let listed = help.drop { $0 != "SUBCOMMANDS:" }.dropFirst().prefix { !$0.isEmpty }
    // A name stands two columns in, what goes on over several lines deeper.
    let names = listed.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .map { $0.split(separator: " ")[0] }.filter { $0 != "help" }
    guard !names.isEmpty else { return [words] }
    return try names.flatMap {
      try commands(shell, under: words.isEmpty ? "\($0)" : "\(words) \($0)")
    }
  }
}
