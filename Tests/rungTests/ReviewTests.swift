import Foundation
import Testing

/// The script that the Action and the hooks call, run for real in scratch repositories, without a network.
@Suite struct `A review of policies` {
  /// A branch whose name is shell text.
  static let branch = #"next/$(touch${IFS}pwned);`touch${IFS}pwned`'"&|x"#

  /// `repo` with `policies/one` on `main`, and the same with `change` on `branch`.
  private static func shell(
    base: String = "main", change: String, folder: String = "policies/one"
  ) throws -> Shell {
    let shell = try Shell()
    let root = Shell.root.path
    try shell.write(
      """
      set -e
      export GIT_CONFIG_GLOBAL="$HOME/.gitconfig" GIT_CONFIG_NOSYSTEM=1
      git config --global user.name tests; git config --global user.email tests@localhost
      git config --global init.defaultBranch main; git config --global protocol.file.allow always
      git init -q repo; cd repo
      FOLDER="./$FOLDER"; mkdir -p "$FOLDER"
      cp '\(root)/policies/starter/'*.yaml '\(root)/policies/starter/policy.rung' "$FOLDER"
      git add -A; git commit -q -m base
      git branch "$BASE" 2>/dev/null || true
      git checkout -q -b "$BRANCH"
      cd "$FOLDER"; eval "$CHANGE"; cd - >/dev/null
      git add -A; git commit -q --allow-empty -m head
      """, to: "begin.sh")
    let said = try shell.run(
      "bash begin.sh",
      environment: [
        "FOLDER": folder, "BASE": base, "BRANCH": Self.branch, "CHANGE": change,
      ])
    #expect(said.last?.hasPrefix("[exit") != true, "\(said)")
    return shell
  }

  /// What the script says in `repo`, in the environment GitHub sets.
  private static func review(
    _ shell: Shell, doing command: String = "review", in folder: String = "repo",
    _ variables: [String: String] = [:]
  ) throws -> [String] {
    var environment = [
      "GITHUB_WORKSPACE": shell.folder.appending(path: folder).path, "GITHUB_BASE_REF": "main",
      "GITHUB_OUTPUT": shell.folder.appending(path: "output").path,
      "GITHUB_STEP_SUMMARY": shell.folder.appending(path: "summary.md").path,
      "GIT_CONFIG_GLOBAL": shell.folder.appending(path: ".gitconfig").path,
      "GITHUB_HEAD_REF": Self.branch, "GITHUB_EVENT_NAME": "pull_request",
      "GITHUB_ACTIONS": "true",
    ]
    environment.merge(variables) { $1 }
    let script = Shell.root.appending(path: ".github/rung-review").path
    return try shell.run("'\(script)' \(command)", environment: environment)
  }

  private static func text(_ shell: Shell, _ path: String) throws -> String {
    try String(contentsOf: shell.folder.appending(path: path), encoding: .utf8)
  }

  /// The outputs of the step, as GitHub reads them.
  private static func outputs(_ shell: Shell) throws -> [String: String] {
    var outputs: [String: String] = [:]
    var lines = try text(shell, "output").components(separatedBy: "\n")[...]
    while let line = lines.popFirst(), let mark = line.firstRange(of: "<<") {
      let end = String(line[mark.upperBound...])
      let value = lines.prefix { $0 != end }
      lines = lines.dropFirst(value.count + 1)
      outputs[String(line[..<mark.lowerBound])] = value.joined(separator: "\n")
    }
    return outputs
  }

  @Test func `of a branch without a change finds nothing and says so`() throws {
    let shell = try Self.shell(change: "true")
    defer { shell.remove() }
    let said = try Self.review(shell)
    #expect(said.last == "nothing found", "\(said)")
    #expect(
      try Self.outputs(shell) == [
        "sarif": "rung.sarif", "comment": "rung-review.md", "failed": "", "result": "passed",
      ])
    let summary = try Self.text(shell, "summary.md")
    #expect(summary == (try Self.text(shell, "repo/rung-review.md")))
    for part in [
      "## Check: fine", "## Format: fine", "## Tests and what they show: fine", "**Equivalent**",
    ] {
      #expect(summary.contains(part), "\(part)\n\(summary)")
    }
    #expect(!summary.contains(shell.folder.path), "\(summary)")
    let sarif = try JSONSerialization.jsonObject(
      with: Data(try Self.text(shell, "repo/rung.sarif").utf8))
    #expect((sarif as? [String: Any])?["version"] as? String == "2.1.0")
    #expect(try shell.run("cd repo && git worktree list | wc -l") == ["1"])
    #expect(try shell.run("find . -name pwned") == [])
  }

  /// A mistake, a text out of format, a test that fails and a dearer ladder.
  @Test func `finds each kind of thing, and names it at its place`() throws {
    let shell = try Self.shell(
      change:
        #"printf '\n\ncondition idle = stream\ntest "fails" { request { stream = true } expect { calls = 9 } }\n' >> policy.rung"#
    )
    defer { shell.remove() }
    let said = try Self.review(
      shell, ["RUNG_AT_LEAST": "routes=1%\n\n tiers=100% ", "RUNG_STRICT": "true"])
    #expect(said.suffix(2) == ["found something: check format tests", "[exit 1]"], "\(said)")
    for start in [
      "::warning file=policies/one/policy.rung,line=",
      "::error file=policies/one/policy.rung,line=",
      "::error file=policies/one/policy.rung,line=1,endLine=1,col=1,endColumn=1,title=tests_show_too_little::",
    ] {
      #expect(said.contains { $0.hasPrefix(start) }, "\(start): \(said)")
    }
    // Each finding has one, at a line.
    let annotations = said.filter { $0.hasPrefix("::") }
    #expect(Set(annotations).count == annotations.count, "\(said)")
    #expect(annotations.allSatisfy { $0.contains(" file=") && $0.contains(",line=") }, "\(said)")
    let outputs = try Self.outputs(shell)
    #expect(outputs["result"] == "failed" && outputs["failed"] == "check format tests")
    #expect(try Self.text(shell, "repo/rung.sarif").contains("unused_declaration"))
    let summary = try Self.text(shell, "summary.md")
    for part in [
      "## Check: **found something**", "unused_declaration", "is not formatted",
      "FAIL", "at least 100% is asked for",
    ] {
      #expect(summary.contains(part), "\(part)\n\(summary)")
    }
  }

  @Test func `keeps every file of the repository as it is`() throws {
    let shell = try Self.shell(change: "echo mine > notes.md")
    defer { shell.remove() }
    let said = try Self.review(shell, ["RUNG_COMMENT": "policies/one/notes.md"])
    #expect(said.last == "[exit 2]" && said[0].contains("`policies/one/notes.md` belongs to"))
    #expect(try Self.text(shell, "repo/policies/one/notes.md") == "mine\n")
    #expect(try shell.run("cd repo && git status --porcelain") == [])
  }

  /// One of two does not even parse; the other has a test that fails.
  @Test func `tells of every policy, whatever is wrong with one`() throws {
    let shell = try Self.shell(
      change: #"""
        cp -r . ../two; printf 'route\n' >> policy.rung; cd ../two
        printf 'test "fails" {\n  request { stream = true }\n  expect  { calls = 9 }\n}\n' >> policy.rung
        """#)
    defer { shell.remove() }
    let said = try Self.review(shell)
    #expect(said.last == "[exit 1]", "\(said)")
    for (policy, title) in [("one", "expected_token"), ("two", "test_failed")] {
      let found = said.filter {
        $0.hasPrefix("::error file=policies/\(policy)/policy.rung,line=") && $0.contains(title)
      }
      #expect(found.count == 1, "\(policy): \(said)")
    }
    let summary = try Self.text(shell, "summary.md")
    #expect(summary.contains("policies/one/policy.rung: not tested, it has errors"), "\(summary)")
    #expect(summary.contains("FAIL  fails") && summary.contains("1 policy not tested"))
  }

  @Test func `says what changes for which requests, with what a log would have cost`() throws {
    let shell = try Self.shell(
      change: "sed -i '0,/use /s//set temperature 0\\n  use /' policy.rung; rung fmt policy.rung")
    defer { shell.remove() }
    try shell.write(
      (0..<3).map { number in
        #"{"id":"r\#(number)","time":"2026-03-02T09:00:0\#(number)Z","model":"qwen3-8b","input_tokens":9,"output_tokens":20,"messages":[{"role":"user","content":"hello"}]}"#
      }.joined(separator: "\n") + "\n", to: "repo/a log.jsonl")
    let said = try Self.review(shell, ["RUNG_LOG": "a log.jsonl", "RUNG_FAIL_ON": "parameters"])
    #expect(said.suffix(2) == ["found something: difference", "[exit 1]"], "\(said)")
    let summary = try Self.text(shell, "summary.md")
    for part in [
      "temperature", "base/policies/one/policy.rung", "| 1. | 3 |", "that `fail-on` names",
    ] {
      #expect(summary.contains(part), "\(part)\n\(summary)")
    }
  }

  @Test func `cuts a report that is too long for a comment to its headings`() throws {
    let shell = try Self.shell(
      change:
        "for n in $(seq 700); do printf '\\ncondition idle_%s = stream\\n' $n; done >> policy.rung")
    defer { shell.remove() }
    let said = try Self.review(shell)
    #expect(said.last == "nothing found", "\(said.suffix(3))")
    let comment = try Self.text(shell, "repo/rung-review.md")
    #expect(comment.utf8.count < 1_000, "\(comment)")
    for part in [
      "<!-- rung-review -->", "## Check: fine", "## Difference", "too long for a comment",
    ] {
      #expect(comment.contains(part), "\(comment)")
    }
    let summary = try Self.text(shell, "summary.md")
    #expect(summary.utf8.count > 60_000 && summary.contains("idle_700"))
  }

  /// Names that are shell text, Markdown, workflow commands and options.
  @Test(arguments: [
    #"-x/$(touch pwned) `touch pwned`;&|<b> 'a' "b" #"#, "new\nline::error::/one", "a,b:c%0A*?[x]",
  ])
  func `reads no name as anything else`(folder: String) throws {
    let shell = try Self.shell(
      base: #"rel/$(touch${IFS}pwned);`touch${IFS}pwned`"#,
      change: #"printf '\n\n\ncondition idle = stream\n' >> policy.rung"#, folder: folder)
    defer { shell.remove() }
    let said = try Self.review(
      shell, ["GITHUB_BASE_REF": #"rel/$(touch${IFS}pwned);`touch${IFS}pwned`"#])
    #expect(said.suffix(2) == ["found something: format", "[exit 1]"], "\(said)")
    #expect(try shell.run("find . -name 'pwned*'") == [])
    #expect(!said.contains { $0.hasPrefix("::error::/one") }, "\(said)")
    let summary = try Self.text(shell, "summary.md")
    #expect(summary.contains("## Difference to the base branch"), "\(summary)")
    #expect(!summary.contains("is new"), "\(summary)")
    #expect(!summary.contains("cannot be compared"), "\(summary)")
  }

  @Test func `fetches the base branch where only one commit was checked out`() throws {
    let shell = try Self.shell(change: "true")
    defer { shell.remove() }
    let said = try shell.run(
      "git clone -q --depth 1 -b \"$BRANCH\" \"file://$PWD/repo\" clone",
      environment: [
        "BRANCH": Self.branch,
        "GIT_CONFIG_GLOBAL": shell.folder.appending(path: ".gitconfig").path,
      ])
    #expect(said == [])
    #expect(try Self.review(shell, in: "clone").last == "nothing found")
    #expect(try Self.text(shell, "summary.md").contains("**Equivalent**"))
  }

  @Test(arguments: [
    (["RUNG_POLICIES": "policies/none*"], 2, "no policy is found by `policies/none*`"),
    (["RUNG_BASE": "nowhere"], 2, "there is no branch or commit `nowhere` to compare with"),
    (["RUNG_BASE": "--help"], 2, "there is no branch or commit `--help` to compare with"),
    (["RUNG_AT_LEAST": "nonsense"], 2, "The value 'nonsense' is invalid for '--at-least"),
    (["RUNG_FAIL_ON": "nonsense"], 2, "nonsense"),
    (["RUNG_LOG": "nowhere.jsonl"], 2, "there is no log `"),
    (["RUNG_COMMENT": "policies/one/policy.rung"], 2, "would be lost"),
    (["RUNG_SARIF": "./policies/../policies/one/catalog.yaml"], 2, "would be lost"),
    (["GITHUB_BASE_REF": ""], 0, "nothing found"),
    (["RUNG_POLICIES": " policies/*/policy.rung \n\n policies/o?e"], 0, "nothing found"),
  ])
  func `ends with what it found, what was asked wrongly, or nothing`(
    variables: [String: String], code: Int, says: String
  ) throws {
    let shell = try Self.shell(change: "true")
    defer { shell.remove() }
    let said = try Self.review(shell, variables)
    #expect(said.contains { $0.contains(says) }, "\(said)")
    #expect(said.last == (code == 0 ? says : "[exit \(code)]"), "\(said)")
  }

  @Test func `installs the release whose checksum was named, and no other`() throws {
    let shell = try Shell()
    defer { shell.remove() }
    _ = try shell.run(
      """
      mkdir -p rung-9/bin work && printf '#!/bin/sh\\necho rung nine\\n' > rung-9/bin/rung
      chmod +x rung-9/bin/rung && tar -czf rung.tar.gz rung-9
      """)
    let sum = try shell.run("sha256sum < rung.tar.gz | cut -c1-64")[0]
    let archive = "file://\(shell.folder.path)/rung.tar.gz"
    let path = shell.folder.appending(path: "path").path
    func installed(_ variables: [String: String]) throws -> [String] {
      try Self.review(
        shell, doing: "install", in: "work",
        variables.merging([
          "GITHUB_PATH": path, "RUNNER_TEMP": shell.folder.appending(path: "temp dir").path,
        ]) { a, _ in a })
    }
    #expect(
      try installed(["RUNG_ARCHIVE": archive, "RUNG_SHA256": sum.uppercased()]) == ["rung nine"])
    #expect(
      try Self.text(shell, "path")
        == "\(shell.folder.path)/temp dir/rung-release/rung-9/bin\n")
    for (variables, says) in [
      (["RUNG_ARCHIVE": archive], "with its sha256 only"),
      (
        ["RUNG_ARCHIVE": archive, "RUNG_SHA256": String(sum.reversed())],
        "not the one with this sha256: \(sum)"
      ),
      (["RUNG_ARCHIVE": "http://localhost/x", "RUNG_SHA256": sum], "from https:// only"),
      (["RUNG_ARCHIVE": archive + "x", "RUNG_SHA256": sum], "cannot be fetched"),
    ] {
      let said = try installed(variables)
      #expect(
        said.contains { $0.contains(says) } && said.last?.hasPrefix("[exit") == true, "\(said)")
    }
    #expect(try installed([:]).first?.hasPrefix("rung") != nil)
  }

  // MARK: - The files GitHub and pre-commit read

  private static let python: String? = {
    let home = ProcessInfo.processInfo.environment
    let cache = home["XDG_CACHE_HOME"] ?? (home["HOME"] ?? "") + "/.cache"
    let path = "\(cache)/rung-clients/bin"
    return FileManager.default.isExecutableFile(atPath: "\(path)/pre-commit") ? path : nil
  }()

  /// Not GitHub's own check: actionlint is none of the tools here.
  @Test func `is described by YAML whose fields fit each other`() throws {
    guard let python = Self.python else {
      print("there is no pre-commit: action.yml was not read")
      return
    }
    let shell = try Shell()
    defer { shell.remove() }
    try shell.write(
      #"""
      import re, sys, yaml
      root = sys.argv[1]
      class Strict(yaml.SafeLoader): pass
      def mapping(loader, node, deep=False):
          keys = [loader.construct_object(k) for k, _ in node.value]
          assert len(keys) == len(set(map(str, keys))), f"a key twice: {keys}"
          return yaml.SafeLoader.construct_mapping(loader, node, deep)
      Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
      action = yaml.load(open(f"{root}/action.yml"), Strict)
      assert set(action) == {"name", "description", "branding", "inputs", "outputs", "runs"}, set(action)
      for name, given in action["inputs"].items():
          assert re.fullmatch(r"[a-z][a-z0-9-]*", name), name
          assert set(given) == {"description", "required", "default"}, name
          assert given["required"] is False and isinstance(given["default"], str), name
      runs = action["runs"]
      assert runs["using"] == "composite"
      script = open(f"{root}/.github/rung-review").read()
      used, ids = set(), set()
      for step in runs["steps"]:
          assert set(step) <= {"name", "id", "shell", "env", "run"}, step
          assert step["shell"] == "bash"
          assert "${{" not in step["run"], "an expression in shell text"
          assert re.fullmatch(r'"\$GITHUB_ACTION_PATH/\.github/rung-review" (install|review)', step["run"]), step["run"]
          ids.add(step.get("id"))
          for variable, value in step["env"].items():
              found = re.fullmatch(r"\$\{\{ inputs\.([a-z0-9-]+) \}\}", value)
              assert found, value
              used.add(found[1])
              assert f"{variable}" in script and variable.startswith("RUNG_"), variable
      assert used == set(action["inputs"]), used ^ set(action["inputs"])
      for name, output in action["outputs"].items():
          found = re.fullmatch(r"\$\{\{ steps\.(\w+)\.outputs\.(\w+) \}\}", output["value"])
          assert found and found[1] in ids and found[2] == name, output
          assert re.search(rf"^ *output {name} ", script, re.M), name
      hooks = yaml.load(open(f"{root}/.pre-commit-hooks.yaml"), Strict)
      assert [h["id"] for h in hooks] == ["rung-check", "rung-fmt", "rung-test"]
      for hook in hooks[0], hooks[2]:
          for name in "policy.rung", "prices.yaml", "answer.schema.json", "judge.txt", "near.jsonl":
              assert re.search(hook["files"], f"a/{name}"), f"{hook['id']} is not run for {name}"
      page = open(f"{root}/policies/REVIEW.md").read()
      for name in list(action["inputs"]) + list(action["outputs"]) + [h["id"] for h in hooks]:
          assert f"`{name}`" in page, f"{name} is not on the page"
      for block in re.findall(r"```yaml\n(.*?)```", page, re.S):
          yaml.load(block, Strict)
      print("read", len(action["inputs"]), "inputs")
      """#, to: "read.py")
    #expect(
      try shell.run("'\(python)/python3' read.py '\(Shell.root.path)'") == ["read 10 inputs"])
  }

  @Test func `is run by pre-commit, from a clone of the hooks`() throws {
    guard let python = Self.python else {
      print("there is no pre-commit: the hooks were not run")
      return
    }
    let shell = try Self.shell(change: "true")
    defer { shell.remove() }
    let environment = [
      "GIT_CONFIG_GLOBAL": shell.folder.appending(path: ".gitconfig").path,
      "PRE_COMMIT_HOME": shell.folder.appending(path: "hooks-home").path,
    ]
    let root = Shell.root.path
    _ = try shell.run(
      """
      git init -q hooks && cd hooks && mkdir .github
      cp '\(root)/.pre-commit-hooks.yaml' . && cp '\(root)/.github/rung-review' .github
      git add -A && git commit -q -m hooks && cd ../repo
      printf 'repos:\\n- repo: %s\\n  rev: %s\\n  hooks: [{id: rung-check}, {id: rung-fmt}, {id: rung-test, args: [policies/one]}]\\n' \
        "$HOME/hooks" "$(git -C "$HOME/hooks" rev-parse HEAD)" > .pre-commit-config.yaml
      git add -A && git commit -q -m hooks
      """, environment: environment)
    func run() throws -> [String] {
      try shell.run(
        "cd repo && git add -A && '\(python)/pre-commit' run --color never --all-files",
        environment: environment)
    }
    func outcomes(_ said: [String]) -> [String] {
      said.filter { $0.hasPrefix("rung ") }.map {
        "\($0.prefix { $0 != "." }) \($0.split(separator: ".").last ?? "")"
      }
    }
    let fine = try run()
    #expect(
      outcomes(fine) == ["rung check Passed", "rung fmt Passed", "rung test Passed"], "\(fine)")
    _ = try shell.run(
      #"printf '\n\n\ntest "fails" { request { stream = true } expect { calls = 9 } }\n' >> repo/policies/one/policy.rung"#
    )
    let broken = try run()
    #expect(
      outcomes(broken) == ["rung check Passed", "rung fmt Failed", "rung test Failed"], "\(broken)")
    _ = try shell.run("printf 'route\\n' >> repo/policies/one/policy.rung")
    let unread = try run()
    #expect(outcomes(unread).first == "rung check Failed", "\(unread)")
  }
}
