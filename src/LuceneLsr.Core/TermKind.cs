namespace LuceneLsr;

/// <summary>How a term comes into the vector of a text.</summary>
public enum TermKind
{
    /// <summary>The text contains the term: one of its words or tokens becomes this term.</summary>
    Own,

    /// <summary>The text does not contain the term. The model infers it.</summary>
    Expansion,

    /// <summary>
    /// The text contains it as a whole word that the vocabulary splits or lacks, such as a part number, and its weight is
    /// that of whole words.
    /// </summary>
    WholeWord,
}
