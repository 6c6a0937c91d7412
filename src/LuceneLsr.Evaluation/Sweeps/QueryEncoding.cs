namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>Where the weights of query terms come from.</summary>
public enum QueryEncoding
{
    /// <summary>The model.</summary>
    Model,

    /// <summary>The learned table of the checkpoint, without a model.</summary>
    Table,

    /// <summary>IDF in the index, without a model.</summary>
    Idf,
}
