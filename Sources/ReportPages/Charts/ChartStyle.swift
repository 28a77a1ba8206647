/// How charts look: colours that people who see fewer of them tell apart, for light and for dark, as
/// variables of the drawing itself.
///
/// After Okabe and Ito, darkened or lightened until each stands 3 : 1 against its sheet. Nothing is said
/// by colour alone: bars have words, lines have dashes, groups have a legend in their order.
enum ChartStyle {
  /// How many groups have a colour of their own.
  static let colours = 8

  static let sheet = """

    .rc { --rc-ink: #1f2328; --rc-faint: #59636e; --rc-rule: #d1d9e0; --rc-sheet: #ffffff;
      --rc-1: #0072b2; --rc-2: #c44e00; --rc-3: #00805d; --rc-4: #b0528a; --rc-5: #8a6d00;
      --rc-6: #3b83bd; --rc-7: #6f42c1; --rc-8: #6e7781; }
    @media (prefers-color-scheme: dark) { .rc { --rc-ink: #e6edf3; --rc-faint: #9198a1;
      --rc-rule: #30363d; --rc-sheet: #0d1117; --rc-1: #56b4e9; --rc-2: #f0883e; --rc-3: #2fc39a;
      --rc-4: #e29bc4; --rc-5: #e6c34a; --rc-6: #9fd3f5; --rc-7: #b39ddb; --rc-8: #9198a1; } }
    .rc text { font-family: system-ui, -apple-system, "Segoe UI", sans-serif; font-size: 12px;
      fill: var(--rc-ink); paint-order: stroke; stroke: var(--rc-sheet); stroke-width: 3px;
      stroke-linejoin: round; }
    .rc .rc-tick, .rc .rc-axis { font-size: 11px; fill: var(--rc-faint); }
    .rc .rc-sum { font-weight: 600; }
    .rc .rc-grid { stroke: var(--rc-rule); stroke-width: 1; }
    .rc .rc-zero { stroke: var(--rc-faint); stroke-width: 1; }
    .rc .rc-join { stroke: var(--rc-faint); stroke-width: 1; stroke-dasharray: 2 2; }
    .rc .rc-even { stroke: var(--rc-faint); stroke-width: 1; stroke-dasharray: 4 4; }
    .rc .rc-whisker { stroke: var(--rc-ink); stroke-width: 1.4; fill: none; }
    .rc .rc-line { stroke: var(--rc-1); stroke-width: 2; fill: none; stroke-linejoin: round; }
    .rc .rc-area { fill: var(--rc-1); opacity: 0.14; }
    .rc .rc-front { stroke: var(--rc-2); stroke-width: 1.4; fill: none; stroke-dasharray: 5 3; }
    .rc .rc-off { fill: var(--rc-sheet); stroke: var(--rc-8); stroke-width: 1.6; }
    .rc .rc-on { fill: var(--rc-2); stroke: var(--rc-sheet); stroke-width: 1; }
    .rc .rc-mark { fill: var(--rc-1); stroke: var(--rc-sheet); stroke-width: 1; }
    .rc .rc-second { fill: none; stroke: var(--rc-2); stroke-width: 1.4; }
    .rc .rc-c1 { fill: var(--rc-1); } .rc .rc-c2 { fill: var(--rc-2); }
    .rc .rc-c3 { fill: var(--rc-3); } .rc .rc-c4 { fill: var(--rc-4); }
    .rc .rc-c5 { fill: var(--rc-5); } .rc .rc-c6 { fill: var(--rc-6); }
    .rc .rc-c7 { fill: var(--rc-7); } .rc .rc-c8 { fill: var(--rc-8); }

    """
}
