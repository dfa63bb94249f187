using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds;

/// <summary>Where something in a private network listens.</summary>
/// <param name="Host">Its private name or address.</param>
/// <param name="Port">Its port.</param>
/// <param name="SpeaksTls">Whether it encrypts by itself; otherwise a relay does.</param>
/// <param name="Addresses">How many addresses its name has at most.</param>
internal sealed record Endpoint(Output<string> Host, Output<string> Port, bool SpeaksTls, int Addresses = 1)
{
    /// <summary>
    /// The certificates that sign its own, as PEM, where consumers insist on a certificate that names whom they call: a relay then serves
    /// them with its own, and encrypts anew towards it. Null where what it encrypts is passed on as it is.
    /// </summary>
    public Output<string>? Authority { get; init; }

    /// <summary>Whether a relay serves consumers with a certificate of its own.</summary>
    public bool IsServedByRelay => !SpeaksTls || Authority is not null;
}

/// <summary>
/// What links lead to on one cloud, whoever provides it there. What a link needs is created as the consumer's: a target never changes
/// because a consumer comes or goes.
/// </summary>
/// <typeparam name="TGrantee">Who receives grants on the cloud.</typeparam>
internal interface ILinkTarget<in TGrantee>
    where TGrantee : IGrantee
{
    /// <summary>Where it is reached from inside the network; null where it has a public API of its own, which needs no relay.</summary>
    Endpoint? Endpoint { get; }

    /// <summary>
    /// Where it is reached besides, by the protocols that its kind names (<see cref="ComponentKind.RelayedProtocols"/>). Default: nowhere.
    /// </summary>
    IReadOnlyDictionary<string, Endpoint> OtherEndpoints => new Dictionary<string, Endpoint>();

    /// <summary>Lets the network traffic of a grantee reach it.</summary>
    /// <param name="grantee">Who receives the grant.</param>
    /// <param name="role">What the resources are called that let it through.</param>
    void Admit(TGrantee grantee, string role);

    /// <summary>
    /// Gives a consumer a login or key of its own, with the least that the link's intent needs, and says what it must know.
    /// </summary>
    /// <param name="grantee">Who receives the grant.</param>
    /// <param name="link">The link.</param>
    /// <param name="relay">Where the consumer enters when it comes from another cloud through a relay; null otherwise.</param>
    Connection Connect(TGrantee grantee, StandingLink link, RelayEndpoint? relay);
}

/// <summary>A target of which the program carries to other clouds what consumers there must know (<see cref="Reach.Carried"/>).</summary>
internal interface ICarriedTarget
{
    /// <summary>What they must know, with no reference to a store that is not theirs.</summary>
    /// <param name="link">The link.</param>
    Connection Carry(StandingLink link);
}

/// <summary>A target that makes once for all its consumers on its own cloud what each of them waits for.</summary>
internal interface ISharedGrants
{
    /// <summary>Makes it, after the last of them was connected and before the first of them is built.</summary>
    void CompleteGrants();
}

/// <summary>Who receives grants on one cloud: a consumer there, or the relay on behalf of one elsewhere.</summary>
internal interface IGrantee
{
    /// <summary>The private names of the members of the set that it is; none where it is none.</summary>
    IReadOnlyList<string> Members => [];

    /// <summary>What the resources are called that let the consumer through to a target.</summary>
    string RoleOf(StandingLink link);

    /// <summary>Lets the consumer's network traffic out to what stands on another cloud.</summary>
    void Leave(StandingLink link, CrossCloudTarget target);

    /// <summary>Gives the consumer's own container, and its steps, what its links and its own texts say.</summary>
    /// <param name="variables">The variables of their environment, those first that the consumer sets itself.</param>
    void Use(IReadOnlyList<ContainerValue> variables);

    /// <summary>Gives the same containers their files.</summary>
    /// <param name="files">The files, by path, each with content.</param>
    void Mount(IReadOnlyList<ContainerValue> files);

    /// <summary>Gives one of the consumer's sidecars its variables and files.</summary>
    /// <param name="sidecar">The sidecar's name.</param>
    /// <param name="variables">The variables of its environment.</param>
    /// <param name="files">The files, by path, each with content.</param>
    void Equip(string sidecar, IReadOnlyList<ContainerValue> variables, IReadOnlyList<ContainerValue> files);
}

/// <summary>What runs once: whoever must wait for it waits for its run.</summary>
internal interface IRunsOnce
{
    /// <summary>The run; it exists once it has succeeded.</summary>
    Resource Run { get; }
}

/// <summary>One port of a relay, and what it leads to.</summary>
/// <param name="Target">The target.</param>
/// <param name="Protocol">Which of its other protocols; empty for the one that it has in any case.</param>
/// <param name="Number">The port on which consumers of other clouds reach it.</param>
/// <param name="Endpoint">Where the relay reaches it.</param>
/// <param name="Links">The links through it.</param>
/// <param name="Sources">Where its consumers come from, each once.</param>
internal record RelayPort(
    Standing Target,
    string Protocol,
    int Number,
    Endpoint Endpoint,
    IReadOnlyList<StandingLink> Links,
    IReadOnlyList<EgressSource> Sources)
{
    /// <summary>What its resources are called after.</summary>
    public string Name => RelayPorts.NameOf(Target.Name, Protocol);

    /// <summary>Whether the target has it in any case.</summary>
    public bool IsFirst => Protocol.Length == 0;

    /// <summary>The blocks of addresses from which its consumers come.</summary>
    public IReadOnlyList<Output<string>> Blocks => EgressSource.BlocksOf(Sources);
}

/// <summary>One port of a relay on one cloud.</summary>
/// <param name="Target">The target.</param>
/// <param name="Protocol">Which of its other protocols; empty for the one that it has in any case.</param>
/// <param name="Number">The port on which consumers of other clouds reach it.</param>
/// <param name="Endpoint">Where the relay reaches it.</param>
/// <param name="Built">The target as it stands on the cloud.</param>
/// <param name="Links">The links through it.</param>
/// <param name="Sources">Where its consumers come from, each once.</param>
internal sealed record RelayPort<TGrantee>(
    Standing Target,
    string Protocol,
    int Number,
    Endpoint Endpoint,
    ILinkTarget<TGrantee> Built,
    IReadOnlyList<StandingLink> Links,
    IReadOnlyList<EgressSource> Sources) : RelayPort(Target, Protocol, Number, Endpoint, Links, Sources)
    where TGrantee : IGrantee;

/// <summary>A relay while links are led through it.</summary>
internal interface IRelay<TGrantee>
    where TGrantee : IGrantee
{
    /// <summary>The component that was built for it; null where nothing was needed.</summary>
    PlacedComponent? Component { get; }

    /// <summary>Its IPv4 addresses, for consumers whose ways out name addresses.</summary>
    IReadOnlyList<Output<string>> Addresses { get; }

    /// <summary>Lets the relay through to a target, and the target's consumers to their port.</summary>
    void Admit(RelayPort<TGrantee> port);

    /// <summary>Who receives the grants of a link on the consumer's behalf.</summary>
    TGrantee GranteeOf(StandingLink link);

    /// <summary>Where consumers enter for a target.</summary>
    RelayEndpoint EntranceOf(RelayPort<TGrantee> port);

    /// <summary>Finishes what waits for the grants of all links.</summary>
    void Complete();
}
