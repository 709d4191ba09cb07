import { useEffect, useState } from "react";
import { Icon } from "#web/parts/icon.tsx";
import { shrinkPhoto } from "./photo.ts";

interface PhotoFieldProps {
  readonly photo: Blob | undefined;
  /** Id of the picture that was taken before. */
  readonly before: string | null;
  readonly photoOf: (id: string) => Promise<Blob | undefined>;
  readonly onPhoto: (photo: Blob | undefined) => void;
}

/** Takes a picture of the dial with the camera at the back, and shows it small. */
export function PhotoField({ photo, before, photoOf, onPhoto }: PhotoFieldProps) {
  const [old, setOld] = useState<Blob>();
  const [trouble, setTrouble] = useState(false);
  useEffect(() => {
    if (before !== null) void photoOf(before).then(setOld);
  }, [before, photoOf]);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    try {
      onPhoto(await shrinkPhoto(file));
      setTrouble(false);
    } catch {
      setTrouble(true);
    }
  };
  const shown = photo ?? old;
  return (
    <>
      {shown !== undefined && <Thumbnail photo={shown} />}
      <label className="ctl round-photo">
        <input
          type="file"
          accept="image/*"
          capture="environment"
          aria-label={shown === undefined ? "Take a photo of the dial" : "Take another photo of the dial"}
          onChange={({ currentTarget }) => {
            void take(currentTarget.files?.[0]);
            currentTarget.value = "";
          }}
        />
        <Icon name="camera" />
        {shown === undefined ? "Photo" : "Another photo"}
      </label>
      {photo !== undefined && (
        <button type="button" className="ctl quiet" onClick={() => onPhoto(undefined)} aria-label="Leave out the photo">
          <Icon name="close" />
        </button>
      )}
      {trouble && (
        <span className="bad" role="alert">
          ✕ That is no picture this browser can read.
        </span>
      )}
    </>
  );
}

function Thumbnail({ photo }: { photo: Blob }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(photo);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [photo]);
  return address === undefined ? null : <img className="round-thumb" src={address} alt="The dial as photographed" />;
}
