namespace LuceneLsr.Orleans.Messages;

/// <summary>Accepts the documents with one of some values in a filterable field.</summary>
[GenerateSerializer]
[Immutable]
[Alias("LuceneLsr.Orleans.TermFilter")]
public sealed class TermFilter
{
    [Id(0)]
    private readonly string[] _values;

    /// <summary>Creates a filter.</summary>
    /// <param name="field">The field.</param>
    /// <param name="values">The values, of which a document must have at least one.</param>
    /// <exception cref="ArgumentException">The field is empty, or there is no value.</exception>
    public TermFilter(string field, params IEnumerable<string> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        ArgumentNullException.ThrowIfNull(values);
        Field = field;
        _values = [.. values];
        if (_values.Length == 0)
        {
            throw new ArgumentException($"The filter on '{field}' has no value. Leave it out.", nameof(values));
        }
    }

    /// <summary>Gets the field.</summary>
    [Id(1)]
    public string Field { get; }

    /// <summary>Gets the values.</summary>
    public IReadOnlyList<string> Values => _values;
}
