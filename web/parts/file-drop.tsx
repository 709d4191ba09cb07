import "./file-drop.css";
import { useState } from "react";
import { Icon } from "./icon.tsx";

/** A place for one file: to drop it on, to press, and to reach by keys. */
export function FileDrop({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const [over, setOver] = useState(false);
  return (
    <label
      className="file-drop"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <input
        type="file"
        data-autofocus
        accept=".csv,.txt,text/csv,text/plain"
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])]);
          // The same file once more is a change again.
          currentTarget.value = "";
        }}
      />
      <Icon name="download" />
      <span>
        <b>Choose a CSV file</b>
        <span className="file-drag"> or drop it here</span>
      </span>
    </label>
  );
}
