using Infra.Components.Clouds;
using Infra.Components.Dns;
using Infra.Components.Placements;
using Pulumi;

namespace Infra.Components.Mail;

/// <summary>
/// A sender of mail as it stands on a cloud. Its records are the zone's: two copies of it share those that are the same, and each has its
/// own of the others.
/// </summary>
/// <typeparam name="TGrantee">Who receives grants on the cloud.</typeparam>
internal abstract class PlacedMailSender<TGrantee> : PlacedComponent, IMailSender, ILinkTarget<TGrantee>
    where TGrantee : IGrantee
{
    private readonly ServedZone _zone;

    /// <summary>Describes it, and says what becomes of mails that others send for its domain.</summary>
    protected PlacedMailSender(PlacedComponentArgs placement, MailSender sender, ServedZone zone)
        : base(placement)
    {
        (Args, _zone) = (sender.Args, zone);
        From = Output.Create(Args.Address);
        if (Args.DmarcRecord is { } policy) Write("dmarc", $"_dmarc.{Args.Domain}", "TXT", policy);
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> From { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> SmtpHost { get; protected set; } = null!;

    /// <inheritdoc/>
    public Endpoint? Endpoint => null;

    /// <summary>Its arguments.</summary>
    protected MailSenderArgs Args { get; }

    /// <summary>Nothing to let through: the server is reached on the internet.</summary>
    public void Admit(TGrantee grantee, string role)
    {
    }

    /// <inheritdoc/>
    public abstract Connection Connect(TGrantee grantee, StandingLink link, RelayEndpoint? relay);

    /// <summary>Has a record written into the zone.</summary>
    /// <param name="role">What it is for: part of what its resource is called.</param>
    /// <param name="host">Its full name, without a final dot.</param>
    /// <param name="type">Its type.</param>
    /// <param name="value">Its value, as a zone file writes it without quotes.</param>
    protected void Write(string role, Output<string> host, string type, Output<string> value) =>
        _zone.Keep($"{role}-{Args.Domain}", host, type, value);

    /// <summary>Has a record written into the zone, whose name and value are known.</summary>
    protected void Write(string role, string host, string type, string value) =>
        Write(role, Output.Create(host), type, Output.Create(value));
}
