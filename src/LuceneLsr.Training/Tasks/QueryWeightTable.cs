using LuceneLsr.Tokenization.Queries;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Training.Recipes;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>
/// The learned weights of inference-free queries: w_j = s ReLU(table_j) for each term j of the query, 0 for all others
/// (Nardini et al., Li-LSR, arXiv 2505.01452). The common factor s brings the weights of rare terms to the scale of the
/// documents, too. Every entry is 1 until <see cref="Load"/> reads a checkpoint's table. Head rows with the same term
/// share the entry of the first of these rows.
/// </summary>
internal sealed class QueryWeightTable : IDisposable
{
    private readonly Checkpoint _checkpoint;
    private readonly IReadOnlyList<int> _rowOfToken;
    private readonly Dictionary<string, int> _entryOfTerm;
    private readonly Tensor _entryOfRow; // [terms]

    /// <summary>Creates the table.</summary>
    /// <param name="checkpoint">The checkpoint with the terms.</param>
    /// <param name="settings">The table's settings.</param>
    /// <param name="device">The device that the table is trained on.</param>
    public QueryWeightTable(Checkpoint checkpoint, QueryTableSettings settings, Device device)
    {
        (_checkpoint, PeakRate) = (checkpoint, settings.LearningRate);
        _rowOfToken = checkpoint.GetRowOfToken();
        _entryOfTerm = TokenRows.FindRowsOfTerms(checkpoint.Terms);
        var rows = checkpoint.Model.Config.OutputSize;
        using var noGrad = no_grad();
        Table = nn.Parameter(ones(rows).to(device));
        LogScale = nn.Parameter(zeros(1).to(device));
        _entryOfRow = tensor(
            Enumerable.Range(0, rows).Select(row => (long)(HasTerm(row) ? _entryOfTerm[checkpoint.Terms[row]!] : row))
                .ToArray(),
            device: device);
    }

    /// <summary>Gets the table, [terms].</summary>
    public Parameter Table { get; }

    /// <summary>Gets the logarithm of the common factor, [1].</summary>
    public Parameter LogScale { get; }

    /// <summary>Gets the peak learning rate of <see cref="Table"/> and <see cref="LogScale"/>.</summary>
    public double PeakRate { get; }

    /// <summary>Computes weights [queries, terms] with a gradient.</summary>
    /// <param name="queries">The tokens of each query.</param>
    public Tensor ComputeWeights(IReadOnlyList<IReadOnlyList<int>> queries)
    {
        using var scope = NewDisposeScope();
        var present = new float[queries.Count, Table.shape[0]];
        foreach (var (query, tokens) in queries.Index())
        {
            foreach (var row in tokens.Select(token => _rowOfToken[token]).Where(HasTerm))
            {
                present[query, row] = 1;
            }
        }

        return (tensor(present, device: Table.device) * ComputeEntries().index_select(0, _entryOfRow))
            .MoveToOuterDisposeScope();
    }

    /// <summary>Writes the table to a directory as <see cref="QueryWeights"/>.</summary>
    public void Save(string directory)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var weights = ComputeEntries().cpu();
        var values = weights.data<float>().ToArray();
        new QueryWeights(_entryOfTerm
            .Select(entry => new TermWeight(entry.Key, values[entry.Value]))
            .Where(weight => weight.Weight > 0)).Save(directory);
    }

    /// <summary>Reads a directory's table; does nothing if it has none.</summary>
    public void Load(string directory)
    {
        if (!File.Exists(Path.Combine(directory, QueryWeights.FileName)))
        {
            return;
        }

        var stored = QueryWeights.Load(directory, _checkpoint.Terms);
        var values = new float[Table.shape[0]];
        foreach (var (term, entry) in _entryOfTerm)
        {
            values[entry] = stored[term];
        }

        using var noGrad = no_grad();
        using var loaded = tensor(values);
        Table.copy_(loaded);
        LogScale.zero_();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Table.Dispose();
        LogScale.Dispose();
        _entryOfRow.Dispose();
    }

    private Tensor ComputeEntries() => Table.relu() * LogScale.exp();

    private bool HasTerm(int row) =>
        row != TokenRows.None && row < _checkpoint.Terms.Count && _checkpoint.Terms[row] is not null;
}
