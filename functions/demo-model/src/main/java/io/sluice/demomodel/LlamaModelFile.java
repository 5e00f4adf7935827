package io.sluice.demomodel;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import java.nio.file.Path;
import java.util.function.Predicate;

/** A GGUF file run by llama.cpp inside this process. */
final class LlamaModelFile implements LanguageModel {

  /** Room for the longest prompt and the longest answer, in tokens. */
  static final int CONTEXT_TOKENS = Limits.PROMPT_TOKENS + Limits.ANSWER_TOKENS;

  private final LlamaModel model;

  private LlamaModelFile(LlamaModel model) {
    this.model = model;
  }

  /**
   * Loads the file; takes a second or more.
   *
   * @param nativeFolder an empty folder of our own: the binding unpacks its library there, and it
   *     deletes every other file of its name that it finds
   * @throws RuntimeException or {@link LinkageError} if the file or the native library can't be
   *     used
   */
  static LlamaModelFile load(Path gguf, Path nativeFolder) {
    System.setProperty("de.kherud.llama.tmpdir", nativeFolder.toString());
    ModelParameters parameters = new ModelParameters().setModel(gguf.toString());
    parameters.disableLog();
    parameters.setCtxSize(CONTEXT_TOKENS);
    parameters.setParallel(1);
    parameters.setThreads(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8));
    return new LlamaModelFile(new LlamaModel(parameters));
  }

  @Override
  public int countTokens(String text) {
    return model.encode(text).length;
  }

  @Override
  public int generate(String prompt, Options options, Predicate<String> pieces) {
    InferenceParameters parameters =
        new InferenceParameters(prompt)
            .setNPredict(options.maxTokens())
            .setTemperature((float) options.temperature())
            .setRepeatPenalty(1.1f)
            .setSeed(42)
            .setCachePrompt(true);
    LlamaIterator iterator = model.generate(parameters).iterator();
    int tokens = 0;
    while (iterator.hasNext()) {
      String piece = iterator.next().text;
      if (piece.isEmpty()) {
        continue; // the last piece may be empty and is no token
      }
      tokens++;
      if (!pieces.test(piece)) {
        iterator.cancel();
        break;
      }
    }
    return tokens;
  }

  @Override
  public void close() {
    model.close();
  }
}
