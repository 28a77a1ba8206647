import PolicyDiagnostics

/// Every page of every chapter, by code.
enum RulePages {
  static let all: [DiagnosticPage] = []
}
