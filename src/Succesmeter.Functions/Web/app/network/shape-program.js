// One point a campaign, as circle, square, triangle or diamond: a community is told by shape, too, and not by its hue alone.
import { NodeProgram } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const { FLOAT, UNSIGNED_BYTE, POINTS } = WebGLRenderingContext;

const vertex = /* glsl */`
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
uniform float u_sizeRatio;
uniform float u_pixelRatio;
uniform mat3 u_matrix;
varying vec4 v_color;
varying float v_shape;
varying float v_pixel;
const float bias = 255.0 / 254.0;
void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  gl_PointSize = a_size / u_sizeRatio * u_pixelRatio * 2.4;
  v_pixel = 1.0 / gl_PointSize;
  v_shape = a_shape;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}`;

// Distances from the edge, below zero inside; areas are about the same.
const fragment = /* glsl */`
precision mediump float;
varying vec4 v_color;
varying float v_shape;
varying float v_pixel;
uniform vec4 u_rim;
void main() {
  vec2 p = gl_PointCoord - vec2(0.5);
  float d;
  if (v_shape < 0.5) d = length(p) - 0.40;
  else if (v_shape < 1.5) d = max(abs(p.x), abs(p.y)) - 0.35;
  else if (v_shape < 2.5) d = max(p.y - 0.32, abs(p.x) * 0.866 + (-p.y) * 0.5 - 0.22);
  else d = (abs(p.x) + abs(p.y)) * 0.7071 - 0.33;
  #ifdef PICKING_MODE
  if (d > 0.0) discard;
  gl_FragColor = v_color;
  #else
  float cover = 1.0 - smoothstep(-v_pixel, v_pixel, d);
  float rim = smoothstep(-2.5 * v_pixel, -1.5 * v_pixel, d);
  vec4 inked = mix(v_color, vec4(u_rim.rgb, v_color.a), rim);
  gl_FragColor = mix(vec4(0.0), inked, cover);
  #endif
}`;

/** @param rim [r, g, b], 0 to 1: a thin line in the paper's colour keeps dots apart. */
export function shapeProgram(rim) {
  return class extends NodeProgram {
    getDefinition() {
      return {
        VERTICES: 1, VERTEX_SHADER_SOURCE: vertex, FRAGMENT_SHADER_SOURCE: fragment, METHOD: POINTS, UNIFORMS: ["u_sizeRatio", "u_pixelRatio", "u_matrix", "u_rim"],
        ATTRIBUTES: [
          { name: "a_position", size: 2, type: FLOAT }, { name: "a_size", size: 1, type: FLOAT }, { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: "a_shape", size: 1, type: FLOAT }, { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
      };
    }

    processVisibleItem(id, at, { x, y, size, color, shape }) {
      const array = this.array;
      array[at++] = x;
      array[at++] = y;
      array[at++] = size;
      array[at++] = floatColor(color);
      array[at++] = shape;
      array[at++] = id;
    }

    setUniforms({ sizeRatio, pixelRatio, matrix }, { gl, uniformLocations }) {
      gl.uniform1f(uniformLocations.u_sizeRatio, sizeRatio);
      gl.uniform1f(uniformLocations.u_pixelRatio, pixelRatio);
      gl.uniformMatrix3fv(uniformLocations.u_matrix, false, matrix);
      if (uniformLocations.u_rim) gl.uniform4f(uniformLocations.u_rim, ...rim, 1);
    }
  };
}
