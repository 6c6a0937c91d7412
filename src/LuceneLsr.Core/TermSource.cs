namespace LuceneLsr;

/// <summary>A term of a text's vector, and the word of the text that produced it.</summary>
/// <param name="Term">The index term.</param>
/// <param name="Weight">The weight in the vector.</param>
/// <param name="Kind">How the term comes into the vector.</param>
/// <param name="LexicalWeight">
/// The part of the weight that the model has no influence on: the term's lexical weight, or the weight of a whole word.
/// </param>
/// <param name="Word">
/// The word of the original text that produced most of the weight: for the model's part the word at which the term has
/// its largest logit, for the lexical part the first occurrence of the term. Null if no single word did (mean pooling,
/// or a special token or prefix that is pooled), or if it cannot be found (<see
/// cref="ISourceEncoder.FindSourceProblem"/>).
/// </param>
public sealed record TermSource(string Term, float Weight, TermKind Kind, float LexicalWeight, TextRange? Word);
