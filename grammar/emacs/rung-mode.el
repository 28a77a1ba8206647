;;; rung-mode.el --- Major mode for Rung policies -*- lexical-binding: t; -*-

;; Version: 1.0.0
;; Package-Requires: ((emacs "27.1"))
;; Keywords: languages

;;; Commentary:

;; Colours, comments, indentation as `rung fmt' writes it, and the language server `rung lsp'
;; through eglot.  The lists between "keywords:" and "keywords end" are written by the tests from
;; the lexer's table; everything else is by hand.

;;; Code:

(defgroup rung nil
  "Rung, a language for policies that route requests to language models."
  :group 'languages)

(defcustom rung-program "rung"
  "The rung program, by name or path."
  :type 'string
  :group 'rung)

(defconst rung-indent-offset 2 "The width of a block.")

;; keywords: declaration
(defconst rung-declarations
  '("rung" "catalog" "zone" "import" "condition" "facts" "classifier" "points" "task" "budget"
    "limit" "gate" "ladder" "compress" "guard" "route" "otherwise" "test" "always"))
;; keywords end
;; keywords: clause
(defconst rung-clauses
  '("when" "with" "required" "from" "key" "header" "reads" "ask" "nearest" "else" "http" "timeout"
    "on" "failure" "requests" "at" "once" "per" "reject" "accept" "max_budget" "max_time" "tier"
    "exhausted" "return" "best" "last" "fail" "filtered" "climb" "failed" "stop" "first_token"
    "attempts" "max_output" "min_output" "effort" "target" "to" "only" "models" "where" "drop"
    "tools" "refuse" "cache" "exact" "similar" "by" "for" "shared" "batch" "up" "within" "stick"
    "after" "shadow" "use" "fallback" "split" "as" "set" "default" "prepend" "append" "replace"
    "system" "file" "request" "given" "expect" "fails" "reason" "until"))
;; keywords end
;; keywords: operator
(defconst rung-operators
  '("and" "or" "not" "in" "mentions" "contains" "has" "starts" "matches"))
;; keywords end
;; keywords: type
(defconst rung-types
  '("bool" "count" "text"))
;; keywords end
;; keywords: unit
(defconst rung-units
  '("tokens" "chars" "bytes" "lines"))
;; keywords end
;; keywords: field
(defconst rung-fields
  '("agrees" "answer" "cites_context" "context" "conversation" "date" "finish" "format" "healthy"
    "hour" "images" "json" "judge" "language" "length" "logprob" "max_tokens" "messages" "mix"
    "model" "prompt" "question" "refusal" "repeats_question" "same_language" "schema" "stream"
    "temperature" "tenant" "turn" "user" "weekday"))
;; keywords end

;;; Syntax

(defvar rung-mode-syntax-table
  (let ((table (make-syntax-table)))
    ;; qwen3-8b, prompt.tokens and org/model are one symbol each.
    (dolist (character '(?_ ?- ?. ?/))
      (modify-syntax-entry character "_" table))
    (dolist (character '(?% ?$ ?@ ?= ?< ?> ?! ?| ?, ?:))
      (modify-syntax-entry character "." table))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\\ "\\" table)
    (modify-syntax-entry ?\( "()" table)
    (modify-syntax-entry ?\) ")(" table)
    (modify-syntax-entry ?\{ "(}" table)
    (modify-syntax-entry ?\} "){" table)
    (modify-syntax-entry ?\[ "." table)
    (modify-syntax-entry ?\] "." table)
    (modify-syntax-entry ?\' "." table)
    table)
  "Syntax of Rung policies.")

(defun rung--propertize (start end)
  "Mark the patterns behind `matches' between START and END as strings."
  (goto-char start)
  (while (re-search-forward "\\_<matches[ \t\n]*\\(/\\)" end t)
    (unless (save-match-data (save-excursion (nth 8 (syntax-ppss (match-beginning 0)))))
      (put-text-property (match-beginning 1) (match-end 1)
                         'syntax-table (string-to-syntax "|"))
      (when (re-search-forward "\\=\\(?:\\\\.\\|[^/\\\n]\\)*\\(/\\)" (line-end-position) t)
        (let ((inside (match-beginning 0)) (close (match-beginning 1)))
          (rung--inert inside close)
          (put-text-property close (1+ close) 'syntax-table (string-to-syntax "|")))))))

(defun rung--inert (start end)
  "Make quotes and backslashes between START and END end nothing."
  (save-excursion
    (goto-char start)
    (while (re-search-forward "[\"\\#]" end t)
      (put-text-property (1- (point)) (point) 'syntax-table (string-to-syntax ".")))))

;;; Colours

(eval-and-compile
  (defconst rung--word "[A-Za-z][A-Za-z0-9_]*\\(?:[-./][A-Za-z0-9][A-Za-z0-9_]*\\)*"
    "A word of the language.")
  (defconst rung--asked
    (concat "\\(?:[ \t]*[!<>]?=\\|[ \t]*[<>]\\|[ \t]+\\(?:not[ \t]+\\)?"
            "\\(?:in\\|mentions\\|contains\\|has\\|matches\\|starts\\)\\_>\\)")
    "What stands behind a word that something is asked about."))

(defun rung--any (words)
  "A pattern for any of WORDS, each a whole symbol."
  (concat "\\_<" (regexp-opt words t) "\\_>"))

(defun rung--search (pattern limit accept)
  "Find PATTERN before LIMIT outside comments and strings where ACCEPT says so."
  (let (found)
    (while (and (not found) (re-search-forward pattern limit t))
      (if (save-match-data
            (save-excursion
              (and (not (nth 8 (syntax-ppss (match-beginning 0))))
                   (funcall accept (match-beginning 1) (match-end 1)))))
          (setq found t)
        ;; The next candidate may overlap this one.
        (goto-char (1+ (match-beginning 0)))))
    found))

(defun rung--in-list-p (position)
  "Whether POSITION is in a list of values: behind `in (', `mentions (', `on ('."
  (let ((open (nth 1 (syntax-ppss position))))
    (and open
         (eq (char-after open) ?\()
         (save-excursion
           (goto-char open)
           (skip-chars-backward " \t\n")
           (looking-back "\\_<\\(?:in\\|mentions\\|contains\\|has\\|on\\)"
                         (line-beginning-position))))))

(defun rung--match-listed (limit)
  "Find a word in a list of values before LIMIT."
  (rung--search (concat "\\_<\\(" rung--word "\\)\\_>") limit
                (lambda (start _end) (rung--in-list-p start))))

(defun rung--reserved-p (start end)
  "Whether the word from START to END can never be a name."
  (member (buffer-substring-no-properties start end) '("when" "and" "or" "not" "in")))

(defun rung--match-field (limit)
  "Find a word something is asked about before LIMIT."
  (rung--search (concat "\\_<\\(" rung--word "\\)" rung--asked) limit
                (lambda (start end) (not (rung--reserved-p start end)))))

(defun rung--match-value (limit)
  "Find a word behind a comparison before LIMIT."
  (rung--search (concat "[=<>][ \t]*\\(" rung--word "\\)\\_>") limit
                (lambda (start end)
                  (goto-char end)
                  (not (or (rung--reserved-p start end)
                           (looking-at-p "[ \t]*(")
                           (save-excursion
                             (goto-char start)
                             (looking-back
                              "\\_<\\(?:gate\\|condition\\)[ \t]+[a-z0-9_]+[ \t]*=[ \t]*"
                              (line-beginning-position))))))))

(defun rung--match-function (limit)
  "Find a word with arguments before LIMIT."
  (rung--search (concat "\\_<\\(" rung--word "\\)[ \t]*(") limit
                (lambda (start end)
                  (not (or (rung--reserved-p start end)
                           (member (buffer-substring-no-properties start end)
                                   '("on" "mentions" "contains" "has")))))))

(defvar rung-font-lock-keywords
  `(("@allow\\_>" . font-lock-preprocessor-face)
    ;; What stands where comes first; the lists of words fill what is left.
    (,(concat "\\_<\\(?:" (regexp-opt (remove "rung" rung-declarations))
              "\\)[ \t]+\\(" "[a-z0-9_]+" "\\)\\_>")
     (0 (rung--name-face)))
    (,(concat "\\_<\\(" "[a-z0-9_]+" "\\)[ \t]*:") 1 font-lock-function-name-face)
    ("\\_<as[ \t]+\\([a-z0-9_]+\\)\\_>" 1 font-lock-function-name-face)
    (,(concat ":[ \t]*" (rung--any rung-types)) 1 font-lock-type-face)
    (,(concat "\\_<\\(" rung--word "\\)[ \t\n]*|") 1 font-lock-constant-face)
    (,(concat "|[ \t\n]*\\(" rung--word "\\)") 1 font-lock-constant-face)
    (rung--match-listed 1 font-lock-constant-face)
    (rung--match-field 1 font-lock-variable-name-face)
    (rung--match-value 1 font-lock-constant-face)
    (,(concat "\\_<\\(?:has\\|contains\\|mentions\\)[ \t]+\\(" rung--word "\\)")
     1 font-lock-constant-face)
    ("\\_<\\(true\\|false\\)\\_>" 1 font-lock-constant-face)
    ("\\$[0-9]+\\(?:\\.[0-9]+\\)?[kM]?\\_>" . 'rung-number-face)
    ("\\_<[A-Z][A-Z][A-Z] [0-9]+\\(?:\\.[0-9]+\\)?[kM]?\\_>" 0 'rung-number-face t)
    ("\\_<[0-9]\\{4\\}-[0-9][0-9]-[0-9][0-9]\\_>" . 'rung-number-face)
    ("\\_<[0-9]+\\(?:ms\\|[smhd]\\)\\_>" . 'rung-number-face)
    ("\\_<[0-9]+\\(?:\\.[0-9]+\\)?[kM]?\\(?:%\\|\\_>\\)" . 'rung-number-face)
    (rung--match-function 1 font-lock-function-name-face)
    (,(rung--any rung-operators) 1 font-lock-builtin-face)
    (,(rung--any rung-declarations) 1 font-lock-keyword-face)
    (,(rung--any rung-clauses) 1 font-lock-keyword-face)
    (,(rung--any rung-units) 1 font-lock-type-face)
    (,(concat "\\_<\\(?:" (regexp-opt rung-fields) "\\)\\(?:\\.[a-z_]+\\)*\\_>")
     . font-lock-variable-name-face))
  "Colours of Rung policies.")

(defface rung-number-face '((t :inherit font-lock-constant-face))
  "Face of amounts: counts, money, shares, durations, dates."
  :group 'rung)

(defun rung--syntactic-face (state)
  "The face of the comment or string that STATE is in."
  (cond ((nth 3 state) font-lock-string-face)
        ((eq (char-after (1+ (nth 8 state))) ?#) font-lock-doc-face)
        (t font-lock-comment-face)))

;;; Indentation

(defun rung--column-behind (position)
  "How many characters of its line stand up to POSITION."
  (save-excursion (goto-char position) (- position (line-beginning-position))))

(defun rung--depth (state)
  "How many blocks are open in STATE."
  (let ((depth 0))
    (dolist (open (nth 9 state) depth)
      (when (eq (char-after open) ?\{) (setq depth (1+ depth))))))

(defun rung--introducer-column (joiner)
  "The column behind what introduces the condition that goes on at JOINER."
  (save-excursion
    (goto-char joiner)
    (let* ((level (syntax-ppss))
           (bound (or (nth 1 level) (point-min)))
           found)
      (while (and (not found)
                  (re-search-backward
                   "\\_<\\(?:when\\|where\\)\\_>\\|\\_<\\(?:gate\\|condition\\)[ \t]+[a-z0-9_]+[ \t]*="
                   bound t))
        (let ((end (match-end 0))
              (state (save-match-data
                       (save-excursion (syntax-ppss (match-beginning 0))))))
          (when (and (not (nth 8 state)) (= (nth 0 state) (nth 0 level)))
            (setq found (rung--column-behind end)))))
      (or found 0))))

(defun rung--header (open)
  "The words before the brace at OPEN, without their parentheses."
  (save-excursion
    (goto-char open)
    (skip-chars-backward " \t\n")
    (when (eq (char-before) ?\))
      (backward-sexp)
      (skip-chars-backward " \t\n"))
    (buffer-substring-no-properties (line-beginning-position) (point))))

(defun rung-calculate-indentation ()
  "The column `rung fmt' would give the current line."
  (save-excursion
    (back-to-indentation)
    (let* ((state (syntax-ppss))
           (open (nth 1 state))
           (depth (rung--depth state))
           (block (* depth rung-indent-offset))
           (rest (+ block 4))
           (at-end nil))
      (when (eq (char-after) ?#)
        ;; A comment stands as what it is about does; at the end of a block, in the block.
        (forward-comment (buffer-size))
        (setq at-end (or (eobp) (eq (char-after) ?\}))))
      (cond
       ((nth 3 state) (current-indentation))
       (at-end block)
       ((eq (char-after) ?\}) (max 0 (- block rung-indent-offset)))
       ((and open (eq (char-after open) ?\()) (rung--column-behind (1+ open)))
       ((looking-at "\\_<\\(and\\|or\\)\\_>")
        (max (+ block 2)
             (- (save-match-data (rung--introducer-column (point)))
                (- (match-end 1) (match-beginning 1)))))
       ((and open (looking-at-p "\\_<fallback\\_>")
             (string-match-p "\\`[ \t]*split[ \t]+by[ \t]+[^ \t]+\\'" (rung--header open)))
        rest)
       ((and open (not (looking-at-p "\\_<\\(?:tier\\|on\\)\\_>\\|[ \t]*$"))
             (string-match-p "\\`[ \t]*ladder[ \t]" (rung--header open)))
        rest)
       ((save-excursion
          (forward-comment (- (buffer-size)))
          (eq (char-before) ?\,))
        rest)
       (t block)))))

(defun rung-indent-line ()
  "Indent the current line as `rung fmt' does."
  (interactive)
  (let ((column (rung-calculate-indentation)))
    (if (<= (current-column) (current-indentation))
        (indent-line-to column)
      (save-excursion (indent-line-to column)))))

;;; Mode

(defun rung--name-face ()
  "Colour a declaration and its name; leave what only looks like one."
  (let ((start (match-beginning 1)) (end (match-end 1)) (keyword (match-beginning 0)))
    (unless (or (member (buffer-substring-no-properties start end)
                        '("when" "and" "or" "not" "in" "otherwise" "mentions" "contains" "has"
                          "starts" "matches"))
                (save-excursion (goto-char keyword) (nth 8 (syntax-ppss))))
      (put-text-property start end 'face 'font-lock-function-name-face)))
  nil)

;;;###autoload
(define-derived-mode rung-mode prog-mode "Rung"
  "Major mode for Rung policies."
  :syntax-table rung-mode-syntax-table
  (setq-local comment-start "# ")
  (setq-local comment-start-skip "#+[ \t]*")
  (setq-local comment-end "")
  (setq-local indent-tabs-mode nil)
  (setq-local tab-width 2)
  (setq-local indent-line-function #'rung-indent-line)
  (setq-local electric-indent-chars '(?\n ?\{ ?\} ?\)))
  (setq-local syntax-propertize-function #'rung--propertize)
  (setq-local font-lock-defaults
              '(rung-font-lock-keywords
                nil nil nil
                (font-lock-syntactic-face-function . rung--syntactic-face)))
  (setq-local imenu-generic-expression
              `((nil ,(concat "^\\(?:" (regexp-opt (remove "rung" rung-declarations))
                              "\\)[ \t]+\\(\"[^\"\n]*\"\\|[a-z0-9_]+\\)")
                     1))))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.rung\\'" . rung-mode))

(defvar eglot-server-programs)
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               (cons 'rung-mode (lambda (&rest _) (list rung-program "lsp")))))

(provide 'rung-mode)
;;; rung-mode.el ends here
