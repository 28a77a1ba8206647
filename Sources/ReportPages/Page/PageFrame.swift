/// A page that needs nothing from anywhere: its style is in it, it has no script, and it is
/// well-formed XML as well.
package enum PageFrame {
  /// The title is plain text; `style` comes behind ``base``, and `body` is markup whose texts are
  /// escaped.
  package static func html(title: String, style: String, body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="generator" content="rung"/>
    <title>\(PageText.escaped(title))</title>
    <style>\(base)\(style)</style>
    </head>
    <body>
    \(body)</body>
    </html>

    """
  }

  /// What all pages share: colours in light and dark, letters, headings, tables.
  static let base = """

    :root { color-scheme: light dark; --ink: #1f2328; --faint: #59636e; --rule: #d1d9e0;
      --sheet: #ffffff; --side: #f6f8fa; --link: #0550ae; --mark: #fff3c4; --bad: #b42318;
      --lit: #bc4c00; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --faint: #9198a1;
      --rule: #30363d; --sheet: #0d1117; --side: #12171e; --link: #79c0ff; --mark: #4a3a06;
      --bad: #ff8178; --lit: #f0883e; } }
    * { box-sizing: border-box; }
    html { scroll-behavior: smooth; }
    body { margin: 0; color: var(--ink); background: var(--sheet);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
    a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
    header { padding: 14px 20px; border-bottom: 1px solid var(--rule); }
    h1 { font-size: 17px; margin: 0; overflow-wrap: anywhere; }
    h2 { font-size: 16px; margin: 0 0 8px; overflow-wrap: anywhere; }
    main { padding: 16px 20px; min-width: 0; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font-size: 13.5px; }
    th { text-align: left; font-weight: 600; color: var(--faint); }
    td, th { padding: 3px 18px 3px 0; vertical-align: top; border-bottom: 1px solid var(--rule); }
    td.figure { white-space: nowrap; font-variant-numeric: tabular-nums; }
    details { margin: 12px 0 12px 8px; padding-left: 14px; border-left: 3px solid var(--rule); }
    summary { cursor: pointer; font-weight: 600; }

    """
}
