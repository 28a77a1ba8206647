package import PolicyDiagnostics
package import PolicySource
package import PolicyUnits
import YAMLReading

/// Reads a keys file; ``KeysFile`` shows what one looks like.
package enum KeysReader {
  /// What the file says, and what is wrong with it.
  ///
  /// Never fails and never stops at the first mistake. Nil only if the file is no mapping at all;
  /// beside errors it holds what could be read, good enough to go on finding mistakes and for nothing
  /// else. `today` is in UTC; without it no key has expired. O(bytes).
  package static func read(_ file: SourceFile, today: CalendarDate? = nil) -> Parsed<KeysFile?> {
    let yaml = YAMLReader.read(file)
    var builder = KeysBuilder(
      today: today, problems: KeysProblems(file: file, diagnostics: yaml.diagnostics))
    guard let root = yaml.value, root.scalar?.isAbsent != true else {
      let isEmpty = !yaml.diagnostics.hasErrors
      if isEmpty { builder.problems.reportNoKeys() }
      return Parsed(isEmpty ? KeysFile() : nil, diagnostics: builder.problems.sorted)
    }
    let keys = builder.file(from: root)
    if let keys, keys.keys.isEmpty, builder.problems.isEmpty {
      builder.problems.reportNoKeys()
    }
    return Parsed(keys, diagnostics: builder.problems.sorted)
  }
}
