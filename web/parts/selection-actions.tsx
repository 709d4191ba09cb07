interface SelectionView<Span> {
  readonly setSpan: (span: Span) => void;
  readonly setSelection: (selection: undefined) => void;
}

/** What can be done with a stretch that is chosen on a chart; nothing without one. */
export function SelectionActions<Span>({ selection, view }: { selection: Span | undefined; view: SelectionView<Span> }) {
  if (selection === undefined) return null;
  return (
    <div className="selection-actions">
      <button type="button" className="ctl" onClick={() => view.setSpan(selection)} aria-keyshortcuts="Enter">
        Zoom in
      </button>
      <button type="button" className="ctl quiet" onClick={() => view.setSelection(undefined)} aria-keyshortcuts="Escape">
        Clear
      </button>
    </div>
  );
}
