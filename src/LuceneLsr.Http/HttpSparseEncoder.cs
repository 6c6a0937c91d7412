using System.Net;
using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LuceneLsr.Http;

/// <summary>
/// Encodes texts on a server with the endpoint <c>/embed_sparse</c> of Text Embeddings Inference, so that an
/// application needs no model: that server, or <c>lsr-serve</c>.
/// </summary>
/// <remarks>
/// The encoder neither retries nor limits time itself. Give its client handlers that do, such as the standard handler
/// of Microsoft.Extensions.Http.Resilience.
/// </remarks>
public sealed class HttpSparseEncoder : ISparseEncoder
{
    // Other characters than ASCII are not escaped, which would take three times the space.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient _client;
    private readonly HttpEncoderOptions _options;

    /// <summary>Creates the encoder.</summary>
    /// <param name="client">
    /// The client, whose base address is that of the server, with a slash at its end. The caller owns it.
    /// </param>
    /// <param name="options">What to know about the server.</param>
    /// <exception cref="ArgumentException">The client has no base address, or the batch size is below 1.</exception>
    public HttpSparseEncoder(HttpClient client, HttpEncoderOptions options)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1);
        if (client.BaseAddress is null)
        {
            throw new ArgumentException(
                "The client has no base address. Set HttpClient.BaseAddress to the address of the server.",
                nameof(client));
        }

        (_client, _options) = (client, options);
    }

    /// <inheritdoc/>
    public string VocabularyId => _options.VocabularyId;

    /// <inheritdoc/>
    public EncoderIdentity? Identity => _options.Identity;

    private Uri Endpoint => new(_client.BaseAddress!, _options.Path);

    /// <inheritdoc/>
    /// <exception cref="HttpRequestException">The server cannot be reached, or answers with an error.</exception>
    /// <exception cref="TimeoutException">
    /// The server does not answer within <see cref="HttpClient.Timeout"/>. Handlers of the client may throw exceptions
    /// of their own.
    /// </exception>
    /// <exception cref="InvalidDataException">The answer has no vector for each text.</exception>
    public IReadOnlyList<SparseVector> Encode(
        IReadOnlyList<string> texts, TextSide side, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var vectors = new SparseVector[texts.Count];
        Array.Fill(vectors, SparseVector.Empty);
        var positions = Enumerable.Range(0, texts.Count).Where(i => !string.IsNullOrWhiteSpace(texts[i]));
        foreach (var batch in SplitIntoBatches(positions, texts))
        {
            var encoded = EncodeBatch([.. batch.Select(i => texts[i])], side, cancellationToken);
            foreach (var (position, vector) in batch.Zip(encoded))
            {
                vectors[position] = vector;
            }
        }

        return vectors;
    }

    /// <summary>Does nothing: the client belongs to the caller.</summary>
    public void Dispose()
    {
    }

    private IEnumerable<List<int>> SplitIntoBatches(IEnumerable<int> positions, IReadOnlyList<string> texts)
    {
        var (batch, size) = (new List<int>(), 0L);
        foreach (var position in positions)
        {
            var length = Encoding.UTF8.GetByteCount(texts[position]);
            if (batch.Count == _options.BatchSize || (batch.Count > 0 && size + length > _options.BatchSizeInBytes))
            {
                yield return batch;
                (batch, size) = ([], 0);
            }

            batch.Add(position);
            size += length;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private SparseVector[] EncodeBatch(string[] texts, TextSide side, CancellationToken cancellationToken)
    {
        using var request = CreateRequest(texts, side);
        using var response = Send(request, cancellationToken);
        using var body = response.Content.ReadAsStream(cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw CreateError(response.StatusCode, body);
        }

        var answer = Read<SparseEmbeddings.Weight?[]?[]>(body);
        if (answer?.Length != texts.Length)
        {
            throw CreateFormatError($"{answer?.Length ?? 0} vectors for {texts.Length} texts");
        }

        return Array.ConvertAll(answer, ToVector);
    }

    private HttpRequestMessage CreateRequest(string[] texts, TextSide side)
    {
        var request = new SparseEmbeddings.Request(texts, Truncate: true, _options.PromptNames[side]);
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, Json));
        content.Headers.ContentType = new MediaTypeHeaderValue(MediaTypeNames.Application.Json);
        return new HttpRequestMessage(HttpMethod.Post, _options.Path) { Content = content };
    }

    private HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return _client.Send(request, cancellationToken);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{Endpoint} did not answer within {_client.Timeout}.", exception);
        }
    }

    // Several tokens may share a term, whose weight is the maximum, as in the models of this library.
    private SparseVector ToVector(SparseEmbeddings.Weight?[]? weights)
    {
        var terms = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (var weight in weights ?? throw CreateFormatError("no vector for a text"))
        {
            if (weight is null || !float.IsFinite(weight.Value))
            {
                throw CreateFormatError("a weight that is no number");
            }

            if (GetTerm(weight) is { Length: > 0 } term && weight.Value > 0)
            {
                terms[term] = Math.Max(terms.GetValueOrDefault(term), weight.Value);
            }
        }

        return new SparseVector(terms.Select(term => new TermWeight(term.Key, term.Value)));
    }

    private string? GetTerm(SparseEmbeddings.Weight weight) => weight.Token
        ?? (_options.GetTerm ?? throw CreateFormatError(
            "token ids without terms. Set HttpEncoderOptions.GetTerm to look them up"))(weight.Index);

    private T? Read<T>(Stream body)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body);
        }
        catch (JsonException exception)
        {
            throw CreateFormatError(exception.Message, exception);
        }
    }

    private InvalidDataException CreateFormatError(string problem, Exception? cause = null) =>
        new($"{Endpoint} did not answer in the format of /embed_sparse: {problem}.", cause);

    private HttpRequestException CreateError(HttpStatusCode status, Stream body)
    {
        using var reader = new StreamReader(body);
        var text = reader.ReadToEnd();
        return new HttpRequestException(
            $"{Endpoint} answered with status {(int)status} ({status}): {FindMessage(text)}", inner: null, status);
    }

    private static string FindMessage(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<SparseEmbeddings.Failure>(text)?.Error ?? text;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
