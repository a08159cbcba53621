/** iPhone photographs: decoded by libheif, loaded only when one comes. */
import { createRequire } from "node:module";
import { type Gray, grayOf } from "./gray.ts";

type HeifImage = {
  get_width: () => number;
  get_height: () => number;
  display: (
    target: { data: Uint8ClampedArray; width: number; height: number },
    done: (shown: { data: Uint8ClampedArray } | null) => void,
  ) => void;
};
type Libheif = { HeifDecoder: new () => { decode: (bytes: Uint8Array) => HeifImage[] } };

/** The pictures of a HEIC file, upright as the camera meant them. */
export async function picturesOfHeic(bytes: Uint8Array): Promise<Gray[]> {
  const libheif = createRequire(import.meta.url)("libheif-js/wasm-bundle") as Libheif;
  const images = new libheif.HeifDecoder().decode(bytes);
  return Promise.all(images.map(grayOfImage));
}

function grayOfImage(image: HeifImage): Promise<Gray> {
  const [width, height] = [image.get_width(), image.get_height()];
  const target = { data: new Uint8ClampedArray(width * height * 4), width, height };
  return new Promise((resolve, reject) => {
    image.display(target, (shown) => {
      if (shown) resolve(grayOf(new Uint8Array(shown.data.buffer), width, height));
      else reject(new Error("the picture could not be decoded"));
    });
  });
}
