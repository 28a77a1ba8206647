// swift-tools-version: 6.2
import PackageDescription

// One settings list for every chapter: Swift 6, the upcoming features of the next language mode,
// strict memory safety, and no warning left standing.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("ImmutableWeakCaptures"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

// Homebrew's folders must be asked for. Debian's need no flag, and these pkg-config files have one
// that SwiftPM warns about.
#if os(macOS)
  let simdjsonPackage: String? = "simdjson"
  let re2Package: String? = "re2"
#else
  let simdjsonPackage: String? = nil
  let re2Package: String? = nil
#endif

func chapter(
  _ name: String, imports: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .target(name: name, dependencies: imports, exclude: exclude, swiftSettings: settings)
}

func tests(
  of name: String, imports: [Target.Dependency] = [], exclude: [String] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.target(name: name)] + imports,
    exclude: exclude,
    swiftSettings: settings)
}

let package = Package(
  name: "rung",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "rung", targets: ["rung"]),
    .library(name: "RungPolicy", targets: ["RungPolicy"]),
    // `make dist` links the same as librung.so.
    .library(name: "rung-c", type: .dynamic, targets: ["RungC"]),
    .library(name: "rung-c-objects", type: .static, targets: ["RungC"]),
    // Loaded into a program whose promises are tried, never linked by one.
    .library(name: "rung-machine-faults", type: .dynamic, targets: ["CMachineFaults"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-distributed-tracing", exact: "1.7.3"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
  ],
  targets: [
    // Text formats: what every chapter may write.
    chapter("JSONWriting"),
    tests(of: "JSONWriting"),

    // simdjson behind one wall: bytes in, values that know their bytes out.
    .systemLibrary(
      name: "SimdJSONLibrary",
      pkgConfig: simdjsonPackage,
      providers: [.apt(["libsimdjson-dev"]), .brew(["simdjson"])]),
    .target(
      name: "CSimdJSON", dependencies: ["SimdJSONLibrary"],
      linkerSettings: [.linkedLibrary("simdjson")]),
    chapter("JSONReading", imports: ["CSimdJSON"]),
    tests(of: "JSONReading", imports: ["RoutingTestSupport"]),

    // The shapes of chat completions: requests, answers, streams, errors.
    chapter("OpenAIWire", imports: ["JSONReading", "JSONWriting", "PolicyUnits"]),
    tests(
      of: "OpenAIWire",
      imports: [
        "JSONReading", "JSONWriting", "PolicySource", "PolicyDiagnostics", "YAMLReading",
        "RoutingTestSupport",
      ]),

    // The language: pure values, no I/O, no clock, no randomness.
    chapter("PolicyUnits"),
    chapter("PolicySource"),
    tests(of: "PolicySource"),
    chapter("PolicyDiagnostics", imports: ["JSONWriting", "PolicySource"]),
    tests(
      of: "PolicyDiagnostics",
      imports: ["PolicySource", "RoutingGates", "RoutingTestSupport"],
      exclude: ["Golden"]),
    chapter("PolicySyntax", imports: ["PolicyUnits", "PolicySource", "PolicyDiagnostics"]),
    .testTarget(
      name: "PolicySyntaxTests",
      dependencies: [
        "PolicySyntax", "PolicyUnits", "PolicySource", "PolicyDiagnostics", "RoutingTestSupport",
      ],
      exclude: ["Editors", "Fixtures", "Golden"],
      swiftSettings: settings),
    // Tests of texts: many patterns, one linear pass. CRE2 is the only door to RE2.
    .systemLibrary(
      name: "RE2Library",
      pkgConfig: re2Package,
      providers: [.apt(["libre2-dev"]), .brew(["re2"])]),
    .target(
      name: "CRE2", dependencies: ["RE2Library"],
      linkerSettings: [.linkedLibrary("re2"), .linkedLibrary("m")]),
    chapter("TextPatterns", imports: ["CRE2"], exclude: ["Unicode/generate_tables.py"]),
    tests(of: "TextPatterns", imports: ["RoutingTestSupport"]),

    // How many tokens a text may be: intervals and a bound, never a count.
    chapter("TokenEstimates"),
    tests(
      of: "TokenEstimates",
      imports: ["PolicyDiagnostics", "PolicySource", "RoutingTestSupport", "YAMLReading"]),

    // Whether two questions may share an answer: what must be the same in both.
    chapter("AnswerSimilarity", imports: ["PolicyUnits", "PolicySource", "TextPatterns"]),
    tests(
      of: "AnswerSimilarity", imports: ["PolicyUnits", "RoutingTestSupport"], exclude: ["Corpus"]),

    // What a model need not be sent: texts cut between sentences, or written shorter without loss.
    chapter("ContextCompression", imports: ["AnswerSimilarity", "TokenEstimates"]),
    tests(
      of: "ContextCompression",
      imports: ["JSONReading", "OpenAIWire", "RoutingTestSupport", "TokenEstimates"]),

    chapter(
      "PolicySemantics",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "TextPatterns",
      ]),
    tests(
      of: "PolicySemantics",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "RoutingTestSupport",
      ],
      exclude: ["Golden"]),
    chapter(
      "PolicyGraph",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "PolicySemantics",
        "TextPatterns",
        "TokenEstimates",
      ]),
    tests(
      of: "PolicyGraph",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "PolicySemantics",
        "TextPatterns", "TokenEstimates",
      ]),

    // The one way a policy is loaded, for tools and editors.
    chapter(
      "PolicyWorkspace",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "PolicySemantics",
      ]),
    tests(
      of: "PolicyWorkspace",
      imports: ["PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySemantics"]),

    // The traffic: a route becomes a decision, a decision becomes calls.
    chapter(
      "RoutingRuntime",
      imports: [
        "PolicyUnits", "PolicySource", "PolicySyntax", "TextPatterns", "TokenEstimates",
        "PolicySemantics", "PolicyGraph",
      ]),
    chapter(
      "RoutingGates",
      imports: [
        "JSONReading", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "TextPatterns",
        "TokenEstimates", "PolicySemantics", "PolicyGraph", "RoutingRuntime",
      ]),
    tests(
      of: "RoutingGates",
      imports: [
        "PolicySource", "PolicyDiagnostics", "PolicySyntax", "PolicySemantics", "RoutingRuntime",
        "RoutingTestSupport", "TextPatterns", "TokenEstimates",
      ]),
    tests(
      of: "RoutingRuntime",
      imports: [
        "JSONWriting", "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax",
        "TextPatterns", "PolicySemantics", "PolicyGraph", "PolicyExplain", "RoutingCatalog",
      ],
      exclude: ["Corpus"]),
    chapter(
      "PolicyExplain",
      imports: [
        "JSONWriting", "PolicyUnits", "PolicySource", "PolicySyntax", "PolicySemantics",
        "PolicyGraph", "RoutingRuntime", "PolicyAnalysis",
      ]),

    // What can be proved about a policy before a request comes, and the rules that say so.
    chapter(
      "PolicyAnalysis",
      imports: [
        "JSONWriting", "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax",
        "TextPatterns", "TokenEstimates", "PolicySemantics", "PolicyGraph", "RoutingRuntime",
      ]),
    tests(
      of: "PolicyAnalysis",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "TextPatterns",
        "PolicySemantics", "PolicyGraph", "PolicyWorkspace", "RoutingCatalog", "RoutingRuntime",
        "RoutingRequests", "OpenAIWire", "RoutingTestSupport", "PolicyCoverage", "PolicyMutation",
      ]),
    chapter(
      "PolicyLint",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "TextPatterns",
        "TokenEstimates", "PolicySemantics", "PolicyGraph", "RoutingRuntime", "PolicyAnalysis",
        "AnswerSimilarity",
      ]),
    tests(
      of: "PolicyLint",
      imports: [
        "AnswerSimilarity",
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "TextPatterns",
        "TokenEstimates", "PolicySemantics", "PolicyGraph", "PolicyWorkspace", "PolicyAnalysis",
        "RoutingCatalog", "RoutingGates", "RoutingRuntime", "RoutingTestSupport",
      ]),

    // What the tests of a policy show of it.
    chapter(
      "PolicyCoverage",
      imports: [
        "PolicyUnits", "PolicySource", "PolicySemantics", "PolicyGraph", "RoutingRuntime",
        "PolicyExplain", "PolicyAnalysis",
      ]),

    // Small mistakes made in a policy, to see whether its tests notice.
    chapter(
      "PolicyMutation",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "PolicySemantics",
        "PolicyGraph", "RoutingRuntime", "PolicyAnalysis",
      ]),

    // The policy as written, as a picture.
    // Reports as pages of their own: finished words and figures in, markup out.
    chapter("ReportPages"),
    tests(of: "ReportPages", imports: ["RoutingTestSupport"], exclude: ["Golden"]),

    chapter(
      "PolicyPictures",
      imports: [
        "JSONWriting", "PolicyUnits", "PolicySource", "PolicySyntax", "PolicySemantics",
        "PolicyGraph", "ReportPages", "RoutingRuntime", "PolicyExplain",
      ]),
    tests(
      of: "PolicyPictures",
      imports: [
        "JSONWriting", "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax",
        "PolicySemantics", "PolicyGraph", "PolicyWorkspace", "PolicyLint", "PolicyExplain",
        "ReportPages", "RoutingCatalog", "RoutingRuntime", "RoutingTestSupport",
      ],
      exclude: ["Golden"]),

    // A request on the wire becomes what a decision may read.
    chapter(
      "RoutingRequests",
      imports: [
        "JSONReading", "OpenAIWire", "PolicyDiagnostics", "PolicyGraph", "PolicySemantics",
        "PolicySource", "PolicyUnits", "YAMLReading",
      ]),
    tests(
      of: "RoutingRequests",
      imports: ["OpenAIWire", "PolicyUnits", "PolicySemantics", "PolicyGraph"]),

    // What tests share.
    chapter(
      "RoutingTestSupport",
      imports: [
        "JSONReading", "JSONWriting", "PolicySource", "PolicyDiagnostics", "YAMLReading",
      ]),

    // What the architecture promises about the sources, held by reading them.
    .testTarget(name: "ArchitectureTests", swiftSettings: settings),

    // Files from outside: YAML behind a wall, and the catalog made of it.
    .systemLibrary(
      name: "CYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    chapter(
      "YAMLReading", imports: ["CYAML", "JSONWriting", "PolicySource", "PolicyDiagnostics"]),
    tests(
      of: "YAMLReading", imports: ["PolicySource", "PolicyDiagnostics", "RoutingTestSupport"]),
    chapter(
      "RoutingCatalog",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySemantics", "YAMLReading",
      ]),
    .testTarget(
      name: "RoutingCatalogTests",
      dependencies: [
        "RoutingCatalog", "YAMLReading", "PolicyUnits", "PolicySource", "PolicyDiagnostics",
        "PolicySemantics", "RoutingTestSupport",
      ],
      exclude: ["Cases", "Golden"],
      swiftSettings: settings),

    // Price lists from outside become catalogs, exactly or with a reason.
    chapter(
      "CatalogImport",
      imports: [
        "JSONReading", "JSONWriting", "PolicyUnits", "PolicySource", "PolicySemantics",
        "RoutingCatalog",
      ]),
    tests(
      of: "CatalogImport",
      imports: [
        "JSONReading", "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySemantics",
        "RoutingCatalog", "RoutingTestSupport",
      ],
      exclude: ["exactness.py"]),

    // Configurations of other routers become a policy and its catalog, as far as that goes.
    chapter(
      "PolicyImport",
      imports: [
        "JSONReading", "JSONWriting", "YAMLReading", "PolicyUnits", "PolicySource",
        "PolicyDiagnostics", "PolicySyntax", "PolicySemantics", "PolicyCompiler", "PolicyLint",
        "RoutingCatalog", "CatalogImport",
      ]),
    tests(
      of: "PolicyImport",
      imports: [
        "JSONReading", "JSONWriting", "PolicyUnits", "PolicySource", "PolicyDiagnostics",
        "PolicySyntax", "PolicySemantics", "PolicyGraph", "PolicyCompiler", "RoutingCatalog",
        "RoutingRuntime", "CatalogImport", "RoutingTestSupport",
      ],
      exclude: ["Golden"]),

    // Catalogs held against the day, against each other, and up to the light.
    chapter(
      "CatalogReview",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySemantics", "RoutingCatalog",
        "RoutingRuntime",
      ]),
    tests(
      of: "CatalogReview",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySemantics", "RoutingCatalog",
        "RoutingRuntime", "CatalogImport", "RoutingTestSupport",
      ]),

    // What a team makes of the rules: `rung.yaml`.
    chapter(
      "SettingsReading",
      imports: [
        "JSONReading", "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicyLint",
        "YAMLReading",
      ]),
    tests(
      of: "SettingsReading",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicyLint", "PolicySemantics",
        "YAMLReading",
      ]),

    // From files to a policy ready to decide, with all that is found in it: for every tool.
    chapter(
      "PolicyCompiler",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "PolicySemantics",
        "PolicyGraph", "PolicyWorkspace", "PolicyLint", "RoutingCatalog", "RoutingGates",
        "SettingsReading",
      ]),
    tests(
      of: "PolicyCompiler",
      imports: [
        "PolicyDiagnostics", "PolicySemantics", "PolicySource", "PolicyWorkspace",
        "SettingsReading",
      ]),
    // A policy with all that was read of it, as one file that can be proved.
    chapter(
      "BundleFiles",
      imports: [
        "JSONReading", "JSONWriting", "PolicyWorkspace",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    tests(of: "BundleFiles", imports: ["PolicyWorkspace", "RoutingTestSupport"]),

    // What an editor can be told of a policy as it stands: no protocol, no disk, no clock.
    chapter(
      "PolicyEditing",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "PolicySemantics",
        "PolicyGraph", "PolicyWorkspace", "PolicyCompiler", "PolicyLint", "PolicyAnalysis",
        "PolicyExplain", "CatalogReview", "JSONReading", "OpenAIWire", "RoutingCatalog",
        "RoutingGates", "RoutingRequests", "RoutingRuntime", "SettingsReading", "YAMLReading",
      ]),
    tests(
      of: "PolicyEditing",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "PolicySemantics",
        "PolicyGraph", "PolicyCompiler", "PolicyLint", "RoutingRuntime", "RoutingTestSupport",
      ]),

    // The traffic: calls to model providers, and the stand-in that answers in demos and tests.
    .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    chapter("HTTPUpstream", imports: ["CCurl"]),
    tests(of: "HTTPUpstream", imports: ["StandInProvider"]),
    chapter(
      "StandInProvider",
      imports: [
        "JSONReading", "JSONWriting", "PolicySource",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ]),
    tests(of: "StandInProvider", imports: ["HTTPUpstream", "JSONReading", "rung-standin"]),
    .executableTarget(
      name: "rung-standin",
      dependencies: [
        "StandInProvider",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    // Which deployment of a model is called next: circuits, rests, balance, limits a minute.
    chapter(
      "RoutingHealth",
      imports: ["PolicyUnits", "PolicySemantics", "RoutingCatalog", "RoutingRuntime"]),
    tests(
      of: "RoutingHealth",
      imports: [
        "PolicyUnits", "PolicySemantics", "RoutingCatalog", "RoutingRuntime",
        "RoutingTestSupport",
      ]),

    // Requests that are asked in one prompt, and the one answer made several again.
    chapter(
      "RoutingBatches",
      imports: [
        "JSONReading", "JSONWriting", "PolicyUnits", "OpenAIWire", "RoutingGates",
        "RoutingRuntime",
      ]),
    tests(
      of: "RoutingBatches",
      imports: [
        "JSONReading", "JSONWriting", "PolicyUnits", "OpenAIWire", "RoutingGates",
        "RoutingRuntime", "RoutingTestSupport",
      ]),
    chapter(
      "RoutingCalls",
      imports: [
        "JSONReading", "JSONWriting", "PolicyUnits", "PolicySource", "PolicySyntax",
        "PolicySemantics", "OpenAIWire", "HTTPUpstream", "RoutingBatches",
        "RoutingCatalog", "RoutingGates", "RoutingHealth", "RoutingRequests", "RoutingRuntime",
        "TokenEstimates",
      ]),

    tests(
      of: "RoutingCalls",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "PolicySemantics",
        "PolicyGraph", "PolicyWorkspace", "OpenAIWire", "HTTPUpstream", "RoutingCatalog",
        "RoutingRequests", "RoutingHealth", "RoutingRuntime", "RoutingGates", "StandInProvider",
        "RoutingTestSupport", "TokenEstimates", "JSONReading",
      ]),

    // The money of many requests: budgets and limits, and the ledger that keeps them.
    chapter(
      "RoutingBudgets",
      imports: [
        "PolicyUnits", "PolicySource", "PolicySemantics", "PolicyGraph", "RoutingRuntime",
      ]),
    tests(
      of: "RoutingBudgets",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "PolicySemantics",
        "PolicyGraph", "RoutingRuntime", "RoutingCatalog", "RoutingTestSupport",
      ]),
    // A layer under SQLite that puts a checksum on every page.
    .target(name: "CSQLiteGuard", linkerSettings: [.linkedLibrary("sqlite3")]),
    chapter("DatabasePages", imports: ["CSQLiteGuard"]),
    tests(
      of: "DatabasePages",
      imports: ["RoutingTestSupport", .product(name: "GRDB", package: "GRDB.swift")]),
    chapter(
      "RoutingLedger",
      imports: [
        "CSQLiteGuard", "DatabasePages", "PolicyUnits", "PolicySource", "RoutingBudgets",
        "JSONReading",
        "JSONWriting",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    // The ledger's rows as files: exported, imported again, and other programs' files made into rows.
    chapter(
      "LedgerExchange",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySemantics", "JSONReading",
        "JSONWriting", "RoutingRuntime", "RoutingBudgets", "RoutingLedger",
      ]),
    // Requests of a log, read at the speed of the disk.
    chapter(
      "TrafficLog",
      imports: [
        "PolicyUnits", "PolicySemantics", "PolicyGraph", "JSONReading", "OpenAIWire",
        "RoutingRuntime", "RoutingRequests", "RoutingBudgets", "RoutingLedger", "LedgerExchange",
      ]),
    tests(
      of: "TrafficLog",
      imports: [
        "PolicyUnits", "PolicySemantics", "PolicyGraph", "JSONReading", "RoutingBudgets",
        "LedgerExchange", "RoutingTestSupport",
      ]),
    // Answers held against what they should be: how good a policy is, and how sure that is.
    chapter(
      "RoutingEvaluation",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "TextPatterns",
        "PolicySemantics", "PolicyGraph", "RoutingRuntime", "RoutingGates", "JSONReading",
        "JSONWriting", "OpenAIWire", "LedgerExchange", "RoutingBudgets", "RoutingLedger",
      ]),
    tests(
      of: "RoutingEvaluation",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "PolicySemantics",
        "PolicyGraph", "JSONReading", "OpenAIWire", "RoutingBudgets", "RoutingLedger",
        "RoutingCatalog", "RoutingRequests", "RoutingRuntime", "RoutingGates",
        "RoutingTestSupport",
      ]),
    // Where the money of a log went, and what could be done about it.
    chapter(
      "TrafficAudit",
      imports: [
        "PolicyUnits", "PolicySemantics", "TokenEstimates", "RoutingRuntime", "RoutingBudgets",
        "TrafficLog",
      ]),
    tests(
      of: "TrafficAudit",
      imports: [
        "PolicyUnits", "PolicySemantics", "PolicyGraph", "RoutingRuntime", "RoutingBudgets",
        "TrafficLog", "RoutingTestSupport",
      ]),
    // A log held against a policy: what it would have cost.
    chapter(
      "TrafficReplay",
      imports: [
        "PolicyUnits", "PolicySource", "TextPatterns", "PolicySemantics", "PolicyGraph",
        "RoutingRuntime", "RoutingBudgets", "TrafficLog",
      ]),
    tests(
      of: "TrafficReplay",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "PolicySemantics",
        "PolicyGraph", "RoutingCatalog", "RoutingRuntime", "RoutingBudgets", "TrafficLog",
        "RoutingTestSupport",
      ]),
    tests(
      of: "LedgerExchange",
      imports: [
        "PolicyUnits", "PolicySource", "PolicySemantics", "JSONReading", "RoutingBudgets",
        "RoutingLedger", "RoutingTestSupport",
      ]),
    tests(
      of: "RoutingLedger",
      imports: [
        "DatabasePages", "PolicyUnits", "RoutingBudgets", "RoutingTestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Golden"]),
    // The money of many requests, simulated: one seed replays a run.
    chapter(
      "LedgerSimulation",
      imports: ["PolicyUnits", "RoutingBudgets", "RoutingLedger"]),
    tests(of: "LedgerSimulation", imports: ["RoutingBudgets"]),

    // What of a request need not be sent, and what that spares.
    chapter(
      "RoutingCompression",
      imports: [
        "ContextCompression", "TokenEstimates", "JSONReading", "JSONWriting", "OpenAIWire",
        "PolicyUnits", "PolicySemantics", "RoutingRuntime",
      ]),
    tests(
      of: "RoutingCompression",
      imports: [
        "ContextCompression", "JSONReading", "OpenAIWire", "PolicyUnits", "PolicySource",
        "PolicyDiagnostics", "PolicySyntax", "PolicySemantics", "PolicyGraph", "RoutingCatalog",
        "RoutingRequests", "RoutingRuntime", "RoutingTestSupport",
      ]),

    // An instant and a zone become the moment a decision reads.
    chapter("ZoneClock", imports: ["PolicyUnits", "PolicySemantics", "PolicyGraph"]),

    // One request decided and explained, and nobody called.
    chapter(
      "RoutingDryRuns",
      imports: [
        "ZoneClock", "ContextCompression", "OpenAIWire", "PolicyUnits", "PolicyDiagnostics",
        "PolicySemantics",
        "PolicyGraph", "PolicyExplain", "RoutingBatches", "RoutingCompression", "RoutingRequests",
        "RoutingRuntime",
      ]),

    // A policy in a program of one's own: the only public API of the package.
    chapter(
      "RungPolicy",
      imports: [
        "JSONReading", "JSONWriting", "OpenAIWire", "PolicyUnits", "PolicySource",
        "PolicyDiagnostics", "PolicySemantics", "PolicyGraph", "PolicyCompiler", "PolicyExplain",
        "RoutingDryRuns",
        "RoutingRequests", "RoutingRuntime", "ZoneClock",
      ]),

    .testTarget(
      name: "RungPolicyTests", dependencies: ["RungPolicy", "rung", "JSONReading"],
      swiftSettings: settings),

    // The same for C and what calls C: the functions of rung.h.
    .systemLibrary(name: "CRung"),
    chapter("RungC", imports: ["CRung", "JSONWriting", "RungPolicy"]),
    .testTarget(
      name: "RungCTests", dependencies: ["RungC", "RungPolicy"], exclude: ["C"],
      swiftSettings: settings),

    // A row for a reader, with its explanation made again.
    chapter(
      "LedgerPages",
      imports: [
        "JSONWriting", "PolicyUnits", "PolicySource", "PolicySemantics", "PolicyGraph",
        "PolicyWorkspace", "PolicyExplain", "RoutingRuntime", "RoutingBudgets", "RoutingLedger",
        "LedgerExchange",
      ]),
    tests(
      of: "LedgerPages",
      imports: [
        "JSONWriting", "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySemantics",
        "PolicyGraph", "PolicyWorkspace", "PolicyExplain", "RoutingCatalog", "RoutingRuntime",
        "RoutingBudgets", "RoutingLedger",
      ]),
    // Answers that were given once and may be given again: keys, a store, one call for many.
    chapter(
      "RoutingCache",
      imports: [
        "JSONReading", "PolicyUnits", "PolicySource", "PolicySyntax", "PolicySemantics",
        "PolicyGraph", "AnswerSimilarity", "RoutingCatalog", "RoutingBudgets", "DatabasePages",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    tests(
      of: "RoutingCache",
      imports: [
        "JSONReading", "JSONWriting", "PolicyUnits", "PolicySource", "PolicyDiagnostics",
        "PolicySemantics", "PolicyGraph", "PolicyWorkspace", "RoutingCatalog", "RoutingBudgets",
        "RoutingTestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),

    chapter(
      "RoutingService",
      imports: [
        "PolicyUnits", "PolicySource", "PolicySyntax", "PolicySemantics", "PolicyGraph",
        "JSONReading", "OpenAIWire", "RoutingCatalog", "RoutingRequests", "RoutingRuntime",
        "RoutingGates", "RoutingHealth", "RoutingBatches", "RoutingCalls", "RoutingBudgets",
        "RoutingLedger", "RoutingCache", "RoutingCompression", "AnswerSimilarity",
      ]),

    tests(
      of: "RoutingService",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "PolicySemantics",
        "PolicyGraph", "PolicyWorkspace", "OpenAIWire", "HTTPUpstream", "RoutingCatalog",
        "RoutingRequests", "RoutingRuntime", "RoutingGates", "RoutingHealth", "RoutingCalls",
        "RoutingBudgets",
        "RoutingLedger", "RoutingCache", "RoutingTestSupport", "StandInProvider",
      ]),

    // Who may ask: callers' keys as keyed digests, with the tenant, user and facts they stand for.
    chapter(
      "CallerKeys",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySemantics", "PolicyGraph",
        "YAMLReading", "RoutingCatalog", .product(name: "Crypto", package: "swift-crypto"),
      ]),
    tests(
      of: "CallerKeys",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "PolicySemantics",
        "PolicyGraph", "YAMLReading", "RoutingTestSupport",
      ],
      exclude: ["Cases", "Golden"]),

    // What is counted and timed, as the text Prometheus reads.
    chapter(
      "PrometheusMetrics",
      imports: [.product(name: "CoreMetrics", package: "swift-metrics")]),
    tests(
      of: "PrometheusMetrics",
      imports: [.product(name: "CoreMetrics", package: "swift-metrics")]),

    // The OpenAI-compatible server.
    chapter(
      "RoutingGateway",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySemantics", "PolicyGraph",
        "PolicyExplain", "JSONReading", "JSONWriting", "OpenAIWire", "RoutingCatalog",
        "RoutingRequests", "RoutingRuntime", "RoutingGates", "RoutingHealth", "RoutingCalls",
        "RoutingBudgets", "RoutingLedger", "LedgerExchange", "RoutingCache", "RoutingService",
        "CallerKeys", "PrometheusMetrics",
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Tracing", package: "swift-distributed-tracing"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ]),
    tests(
      of: "RoutingGateway",
      imports: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySemantics", "PolicyGraph",
        "PolicyWorkspace", "PolicyExplain", "JSONReading", "JSONWriting", "OpenAIWire",
        "HTTPUpstream", "RoutingCatalog", "RoutingRequests", "RoutingRuntime", "RoutingGates",
        "RoutingHealth", "RoutingCalls", "RoutingBudgets", "RoutingLedger", "RoutingService",
        "CallerKeys", "PrometheusMetrics", "RoutingCache", "StandInProvider", "RoutingTestSupport",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
        .product(name: "Tracing", package: "swift-distributed-tracing"),
      ],
      exclude: ["Clients/openai_client.py"]),

    // Every page of every code, from all chapters that have some.
    chapter(
      "DiagnosticPages",
      imports: [
        "CallerKeys", "CatalogReview", "PolicyDiagnostics", "PolicyGraph", "PolicyLint",
        "PolicySemantics", "PolicySyntax", "PolicyWorkspace", "RoutingCatalog", "RoutingGates",
        "SettingsReading", "YAMLReading",
      ]),

    // JSON-RPC and the language server protocol over the façade.
    chapter(
      "PolicyLanguageServer",
      imports: [
        "PolicySource", "PolicyDiagnostics", "PolicyCompiler", "PolicyEditing", "JSONReading",
        "JSONWriting",
      ]),
    tests(
      of: "PolicyLanguageServer",
      imports: [
        "PolicySource", "PolicyDiagnostics", "PolicyEditing", "JSONReading", "RoutingTestSupport",
      ],
      exclude: ["Golden"]),

    // The command.
    .executableTarget(
      name: "rung",
      dependencies: [
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        "DiagnosticPages", "JSONWriting", "PolicyUnits", "PolicySource", "PolicyDiagnostics",
        "PolicySyntax",
        "PolicySemantics", "PolicyGraph", "PolicyWorkspace", "PolicyCompiler", "BundleFiles",
        "PolicyExplain",
        "PolicyAnalysis", "PolicyCoverage", "PolicyMutation",
        "PolicyEditing", "PolicyLanguageServer", "PolicyLint", "PolicyPictures", "YAMLReading",
        "SettingsReading",
        "CatalogImport", "PolicyImport", "RoutingCatalog", "RoutingRuntime", "RoutingRequests",
        "OpenAIWire", "JSONReading", "HTTPUpstream", "RoutingBatches", "RoutingCalls",
        "RoutingGates",
        "RoutingBudgets", "RoutingLedger", "RoutingService", "LedgerExchange", "LedgerPages",
        "CatalogReview",
        "RoutingHealth", "CallerKeys", "PrometheusMetrics", "RoutingGateway", "RoutingCache",
        "RoutingDryRuns", "ZoneClock", "ContextCompression", "RoutingCompression",
        "AnswerSimilarity", "TextPatterns",
        "ReportPages", "RoutingEvaluation", "TokenEstimates", "TrafficAudit", "TrafficLog",
        "TrafficReplay",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "rungTests",
      dependencies: [
        "rung", "rung-standin", "PolicyAnalysis", "PolicyDiagnostics", "PolicyGraph",
        "PolicyLint", "PolicySemantics", "PolicyWorkspace", "RoutingCatalog", "RoutingGates",
        "RoutingBudgets", "RoutingEvaluation", "RoutingLedger", "RoutingTestSupport",
        "StandInProvider", "JSONReading", "PolicyUnits",
      ],
      exclude: ["Editors", "Pages"],
      swiftSettings: settings),

    // The language book: `make book`. CMarkdown is the only door to cmark-gfm.
    .systemLibrary(
      name: "CMarkdown",
      providers: [
        .apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"]),
      ]),
    .executableTarget(
      name: "rung-book",
      dependencies: [
        "CMarkdown", "DiagnosticPages", "JSONWriting", "PolicyDiagnostics", "PolicySource",
        "PolicySyntax", "ReportPages",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "BookTests",
      dependencies: [
        "rung-book", "DiagnosticPages", "PolicyAnalysis", "PolicyCompiler", "PolicyDiagnostics",
        "PolicyGraph", "PolicySemantics", "PolicySource", "PolicySyntax", "PolicyUnits",
        "RoutingRequests", "RoutingRuntime", "OpenAIWire", "RoutingTestSupport",
      ],
      swiftSettings: settings),

    // What the project promises, tried from outside: `make promises`.
    .target(name: "CMachineFaults"),
    chapter("PromiseEvidence", imports: ["JSONReading"]),
    .executableTarget(
      name: "rung-promises",
      dependencies: [
        "PromiseEvidence", "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySemantics",
        "PolicyGraph", "PolicyWorkspace", "OpenAIWire", "HTTPUpstream", "RoutingCatalog",
        "RoutingRequests", "RoutingRuntime", "RoutingGates", "RoutingCalls", "RoutingBudgets",
        "RoutingLedger", "LedgerSimulation", "RoutingService", "RoutingTestSupport",
        "JSONReading",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .testTarget(
      name: "PromiseEvidenceTests",
      dependencies: ["PromiseEvidence", "CMachineFaults", "RoutingTestSupport"],
      swiftSettings: settings),

    .testTarget(
      name: "PromiseTests",
      dependencies: [
        "rung-promises", "rung", "rung-standin", "CMachineFaults", "RoutingTestSupport",
      ],
      swiftSettings: settings),

    // Figures: `make bench`.
    .target(name: "CBareCurl", linkerSettings: [.linkedLibrary("curl")]),
    .executableTarget(
      name: "rung-bench",
      dependencies: [
        "PolicyUnits", "PolicySource", "PolicyDiagnostics", "PolicySyntax", "PolicySemantics",
        "PolicyGraph", "PolicyWorkspace", "PolicyAnalysis", "PolicyMutation", "PolicyEditing",
        "OpenAIWire",
        "RoutingCatalog",
        "RoutingRequests", "RoutingRuntime", "HTTPUpstream", "StandInProvider", "CBareCurl",
        "RoutingBatches", "RoutingBudgets", "RoutingCache", "RoutingLedger", "ContextCompression",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: settings),
  ],
  cxxLanguageStandard: .cxx17
)
