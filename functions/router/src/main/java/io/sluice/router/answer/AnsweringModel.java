package io.sluice.router.answer;

/**
 * What an answer says of its model.
 *
 * @param engine contract 3.5 and 3.6: GitLab's provider text, or {@code agent}
 * @param name the family, or the prompt's name
 * @param lang the file's language, empty when unknown
 */
public record AnsweringModel(String engine, String name, String lang) {}
